/** By how much the count fell within one second. */
export interface StockChange {
  /** The second, by the server's clock, in milliseconds since 1970. */
  secondMs: number;
  gone: number;
}

export const changesMax = 60;
export const rateOverMs = 5000;

/** The last seconds in which the count fell. The page gets counts, never names: units and times are all it knows. */
export class StockChanges {
  #changes: StockChange[] = [];

  /** The latest last; a new array whenever it has changed. */
  get all(): readonly StockChange[] {
    return this.#changes;
  }

  /** A count rises when units come back or are added; the number of claims does not fall. */
  add(serverMs: number, difference: number): void {
    if (difference >= 0) {
      return;
    }
    const secondMs = Math.floor(serverMs / 1000) * 1000;
    const last = this.#changes.at(-1);
    const same = last?.secondMs === secondMs ? last : null;
    const before = same === null ? this.#changes : this.#changes.slice(0, -1);
    this.#changes = [...before, { secondMs, gone: (same?.gone ?? 0) - difference }].slice(-changesMax);
  }

  clear(): void {
    this.#changes = [];
  }
}

/** Units a second over the last whole seconds; the second that is not over yet would only make it flicker. */
export function claimsASecond(changes: readonly StockChange[], serverMs: number): number {
  const endMs = Math.floor(serverMs / 1000) * 1000;
  let gone = 0;
  for (const change of changes) {
    if (change.secondMs < endMs && change.secondMs >= endMs - rateOverMs) {
      gone += change.gone;
    }
  }
  return (gone * 1000) / rateOverMs;
}
