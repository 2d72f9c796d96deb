export interface StockPoint {
  /** By the server's clock. */
  serverMs: number;
  remaining: number;
}

export const pointsMax = 240;
const gapMsFirst = 250;

/** A count that never changed is no curve. */
export function hasChanged(points: readonly StockPoint[]): boolean {
  return points.some((point) => point.remaining !== points[0]?.remaining);
}

/**
 * The count over time, as this page has seen it. However long it goes on, there are at most `pointsMax` points: when they are used up,
 * each two become one, and from then on one point stands for twice the time.
 */
export class StockHistory {
  #gapMs = gapMsFirst;
  #points: StockPoint[] = [];

  get points(): readonly StockPoint[] {
    return this.#points;
  }

  add(point: StockPoint): void {
    this.#put(point);
    while (this.#points.length > pointsMax) {
      this.#gapMs *= 2;
      const points = this.#points;
      this.#points = [];
      for (const each of points) {
        this.#put(each);
      }
    }
  }

  clear(): void {
    this.#gapMs = gapMsFirst;
    this.#points = [];
  }

  /** The first point stays as it was; of the others the latest of each stretch of time is kept. */
  #put(point: StockPoint): void {
    const [first] = this.#points;
    const last = this.#points.at(-1);
    if (first === undefined || last === undefined || last === first) {
      this.#points.push(point);
    } else if (this.#stretchOf(point, first) === this.#stretchOf(last, first)) {
      this.#points[this.#points.length - 1] = point;
    } else {
      this.#points.push(point);
    }
  }

  #stretchOf(point: StockPoint, first: StockPoint): number {
    return Math.floor((point.serverMs - first.serverMs) / this.#gapMs);
  }
}
