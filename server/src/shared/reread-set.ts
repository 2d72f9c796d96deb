import { Reread } from './reread.ts';

interface Dependencies {
  all: () => Promise<string[]>;
  onError: (error: unknown) => void;
}

/** A list of ids that all nodes share. */
export class RereadSet extends Reread<ReadonlySet<string>> {
  constructor({ all, onError }: Dependencies) {
    super({ read: async () => new Set(await all()), first: new Set(), onError });
  }

  has(id: string): boolean {
    return this.value.size > 0 && this.value.has(id);
  }
}
