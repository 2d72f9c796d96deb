const indexBits = 12;
const registers = 1 << indexBits;
/** By Flajolet et al., "HyperLogLog", for this many registers. */
const bias = 0.7213 / (1 + 1.079 / registers);

/**
 * Estimates how many different texts were added, in 4 KB: HyperLogLog. The standard error is 1.6 %; a few hundred texts are counted almost exactly. Counts of
 * several nodes merge into the count of all.
 */
export class DistinctCount {
  readonly #registers: Uint8Array;

  constructor(bytes: Uint8Array = new Uint8Array(registers)) {
    if (bytes.length !== registers) throw new RangeError(`a count has ${registers} bytes`);
    this.#registers = Uint8Array.from(bytes);
  }

  get bytes(): Uint8Array {
    return this.#registers;
  }

  /** True: the count has changed. */
  add(text: string): boolean {
    const hash = hashOf(text);
    const index = hash >>> (32 - indexBits);
    // The bit behind the hash bounds the rank.
    const rank = Math.clz32((hash << indexBits) | (1 << (indexBits - 1))) + 1;
    if (rank <= (this.#registers[index] as number)) return false;
    this.#registers[index] = rank;
    return true;
  }

  merge({ bytes }: DistinctCount): void {
    for (let index = 0; index < registers; index++) {
      const other = bytes[index] as number;
      if (other > (this.#registers[index] as number)) this.#registers[index] = other;
    }
  }

  get estimate(): number {
    let sum = 0;
    let empty = 0;
    for (const rank of this.#registers) {
      sum += 2 ** -rank;
      if (rank === 0) empty++;
    }
    const raw = (bias * registers * registers) / sum;
    // Linear counting: far more exact while many registers are empty.
    return Math.round(raw <= 2.5 * registers && empty > 0 ? registers * Math.log(registers / empty) : raw);
  }
}

/** FNV-1a, finished as MurmurHash3 does, so that ids that differ in one digit differ in every bit. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++)
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
