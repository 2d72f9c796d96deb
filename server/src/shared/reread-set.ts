interface Dependencies {
  all: () => Promise<string[]>;
  onError: (error: unknown) => void;
}

/** An announcement of a change may be lost, and reading may fail: the list is read again in any case. */
const againMs = 5_000;

/** A list of ids that all nodes share, in memory as this node last read it. `refresh` reads it at once: after an announcement of a change. */
export class RereadSet implements Disposable {
  readonly #deps: Dependencies;
  readonly #listeners = new Set<() => void>();
  #ids: ReadonlySet<string> = new Set();
  #timer: NodeJS.Timeout | undefined;
  #reads = 0;
  /** The newest reading whose list is in memory. */
  #known = 0;

  constructor(deps: Dependencies) {
    this.#deps = deps;
  }

  has(id: string): boolean {
    return this.#ids.size > 0 && this.#ids.has(id);
  }

  onChange(listener: () => void): void {
    this.#listeners.add(listener);
  }

  /** Reads the list now, and again at intervals. Rejects when this reading fails. */
  async refresh(): Promise<void> {
    clearTimeout(this.#timer);
    const read = ++this.#reads;
    try {
      const ids = new Set(await this.#deps.all());
      // A later read may have been quicker, and knows more. One that is still under way does not: changes may come faster than readings end.
      if (read < this.#known) return;
      this.#known = read;
      this.#ids = ids;
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
