export interface TallyCounts {
  /** Final answers of the buyers: `claimed` for those who got a unit, else the code of the refusal. */
  outcomes: Record<string, number>;
  /** Answers after which a buyer waited and asked the same again, by code. */
  retries: Record<string, number>;
  /** Answers to second presses, and to the same request repeated after a claim: `claimed` for a further unit, `replayed` for the same order. */
  repeats: Record<string, number>;
  /** Pages that spectators reloaded, `well` or `failed`. */
  reloads: Record<string, number>;
  confirmed: number;
  reconnects: number;
}

export function emptyTally(): TallyCounts {
  return { outcomes: {}, retries: {}, repeats: {}, reloads: {}, confirmed: 0, reconnects: 0 };
}

export function increment(counts: Record<string, number>, code: string, by = 1): void {
  counts[code] = (counts[code] ?? 0) + by;
}

export function sum(counts: Record<string, number>): number {
  return Object.values(counts).reduce((total, count) => total + count, 0);
}

export function addTally(total: TallyCounts, part: TallyCounts): void {
  for (const kind of ['outcomes', 'retries', 'repeats', 'reloads'] as const) {
    for (const [code, count] of Object.entries(part[kind])) increment(total[kind], code, count);
  }
  total.confirmed += part.confirmed;
  total.reconnects += part.reconnects;
}
