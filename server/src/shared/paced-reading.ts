/**
 * The latest result of a reading that may be slow, read again at a request if it is due: it may take up at most `share` of
 * the time. A request gets the latest result at once and never waits.
 */
export class PacedReading<T> {
  readonly #read: () => Promise<T>;
  readonly #share: number;
  readonly #onError: (error: unknown) => void;
  #latest: T | null = null;
  #reading = false;
  #dueAt = 0;

  constructor(read: () => Promise<T>, share: number, onError: (error: unknown) => void) {
    this.#read = read;
    this.#share = share;
    this.#onError = onError;
  }

  /** Null before the first reading has ended, and after one that failed. */
  get latest(): T | null {
    if (!this.#reading && performance.now() >= this.#dueAt) void this.#refresh();
    return this.#latest;
  }

  async #refresh(): Promise<void> {
    this.#reading = true;
    const startedAt = performance.now();
    try {
      this.#latest = await this.#read();
    } catch (error) {
      this.#latest = null;
      this.#onError(error);
    }
    const endedAt = performance.now();
    this.#dueAt = endedAt + (endedAt - startedAt) * (1 / this.#share - 1);
    this.#reading = false;
  }
}
