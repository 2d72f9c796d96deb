import type { BlockedCustomers } from '../sale/ports.ts';

interface Dependencies {
  all: () => Promise<string[]>;
  onError: (error: unknown) => void;
}

/** The message that a customer was blocked may be lost, and reading may fail: the list is read again in any case. */
const againMs = 5_000;

/** The blocked customers, as this node last read them; checked at every buy. */
export class Blocked implements BlockedCustomers, Disposable {
  readonly #deps: Dependencies;
  readonly #listeners = new Set<() => void>();
  #customers: ReadonlySet<string> = new Set();
  #timer: NodeJS.Timeout | undefined;
  #reads = 0;

  constructor(deps: Dependencies) {
    this.#deps = deps;
  }

  has(customerId: string): boolean {
    return this.#customers.size > 0 && this.#customers.has(customerId);
  }

  onChange(listener: () => void): void {
    this.#listeners.add(listener);
  }

  /** Reads the list now, and again at intervals. Rejects when the first reading fails. */
  async refresh(): Promise<void> {
    clearTimeout(this.#timer);
    const read = ++this.#reads;
    try {
      const customers = new Set(await this.#deps.all());
      // A later read may have been quicker, and knows more.
      if (read !== this.#reads) return;
      this.#customers = customers;
      for (const listener of this.#listeners) listener();
    } finally {
      if (read === this.#reads) {
        this.#timer = setTimeout(() => void this.refresh().catch(this.#deps.onError), againMs);
        this.#timer.unref();
      }
    }
  }

  [Symbol.dispose](): void {
    clearTimeout(this.#timer);
    this.#reads++;
  }
}
