/**
 * Work that each node does again and again, one at a time: at different moments on each node, so that the first one does it and the others
 * find nothing left.
 */
export class Repeated {
  readonly #work: () => Promise<void>;
  readonly #everyMs: number;
  readonly #onError: (error: unknown) => void;
  #timer: NodeJS.Timeout | undefined;
  #working: Promise<void> | null = null;

  constructor(work: () => Promise<void>, everyMs: number, onError: (error: unknown) => void) {
    this.#work = work;
    this.#everyMs = everyMs;
    this.#onError = onError;
  }

  start(): void {
    this.#timer = setInterval(
      () => {
        this.#working ??= this.#work()
          .catch(this.#onError)
          .finally(() => {
            this.#working = null;
          });
      },
      this.#everyMs * (0.75 + Math.random() / 2),
    );
  }

  /** Resolves once work that has begun is done. */
  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.#working;
  }
}
