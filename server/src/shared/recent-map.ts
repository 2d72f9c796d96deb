/**
 * The newest entries, at most `max`, in two generations: the older one is dropped as a whole once the younger is full, so between half of `max` and
 * all of it is kept. Evicting the oldest entry for each new one would cost a hundred times as much: a Map's first
 * entry lies behind all those that were deleted before it.
 */
export class RecentMap<Key, Value> {
  readonly #perGeneration: number;
  #younger = new Map<Key, Value>();
  #elder: ReadonlyMap<Key, Value> = new Map();

  constructor(max: number) {
    this.#perGeneration = max / 2;
  }

  get(key: Key): Value | undefined {
    return this.#younger.get(key) ?? this.#elder.get(key);
  }

  set(key: Key, value: Value): void {
    // A known key takes no further place, so repeating it evicts nothing.
    if (this.#younger.size >= this.#perGeneration && !this.#younger.has(key)) this.age();
    this.#younger.set(key, value);
  }

  /** Each key once, with its newest value. */
  values(): Iterable<Value> {
    return new Map([...this.#elder, ...this.#younger]).values();
  }

  /** Forgets entries from before the last call. */
  age(): void {
    this.#elder = this.#younger;
    this.#younger = new Map();
  }
}
