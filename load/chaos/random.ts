import { createRandom as createUniform } from '../shared/random.ts';

/** Seeded random choices: the same seed gives the same run, as far as the machine allows. */
export interface Random {
  /** 0 ≤ x < 1 */
  next(): number;
  /** from ≤ whole number ≤ to */
  between(from: number, to: number): number;
  pick<T>(items: readonly T[]): T;
}

export function createRandom(seed: number): Random {
  const next = createUniform(seed);
  return {
    next,
    between: (from, to) => from + Math.floor(next() * (to - from + 1)),
    pick(items) {
      const item = items[Math.floor(next() * items.length)];
      if (item === undefined) throw new Error('nothing to pick from');
      return item;
    },
  };
}
