interface Dependencies<Value> {
  read: () => Promise<Value>;
  first: Value;
  onError: (error: unknown) => void;
}

/** An announcement of a change may be lost, and reading may fail: the value is read again in any case. */
const againMs = 5_000;

/** A value that all nodes share, in memory as this node last read it. `refresh` reads it at once: after an announcement of a change. */
export class Reread<Value> implements Disposable {
  readonly #deps: Dependencies<Value>;
  readonly #listeners = new Set<() => void>();
  #value: Value;
  #timer: NodeJS.Timeout | undefined;
  #reads = 0;
  /** The newest reading whose value is in memory. */
  #known = 0;

  constructor(deps: Dependencies<Value>) {
    this.#deps = deps;
    this.#value = deps.first;
  }

  get value(): Value {
    return this.#value;
  }

  onChange(listener: () => void): void {
    this.#listeners.add(listener);
  }

  /** Reads the value now, and again at intervals. Rejects when this reading fails. */
  async refresh(): Promise<void> {
    clearTimeout(this.#timer);
    const read = ++this.#reads;
    try {
      const value = await this.#deps.read();
      // A later reading that ended earlier is newer, and stays. One that is still under way does not count: changes may come faster than readings end.
      if (read < this.#known) return;
      this.#known = read;
      this.#value = value;
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
    this.#known = Number.POSITIVE_INFINITY;
  }
}
