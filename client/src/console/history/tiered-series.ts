/** How the seconds of a longer stretch become one value of a column. */
export type Fold = 'last' | 'mean' | 'max';

export interface SeriesRead {
  /** Seconds since 1970, ascending. */
  seconds: number[];
  /** One per column, as long as `seconds`; null without a value. */
  columns: (number | null)[][];
}

const fineSeconds = 300;
const coarseStepSeconds = 10;
const coarseSlots = 360;

/**
 * An hour of numbers in memory that is allocated once: the last five minutes by the second, before that one value for ten seconds.
 * A second without a report stays empty, so that a gap is drawn as a gap.
 */
export class TieredSeries {
  readonly #folds: readonly Fold[];
  readonly #fine: Ring;
  readonly #coarse: Ring;

  constructor(folds: readonly Fold[]) {
    this.#folds = folds;
    this.#fine = new Ring(fineSeconds, 1, folds.length);
    this.#coarse = new Ring(coarseSlots, coarseStepSeconds, folds.length);
  }

  /** Sets the values of this second. The last call for a second counts; a second that has left the buffers is dropped. */
  set(second: number, values: readonly (number | null)[]): void {
    if (!this.#fine.write(second, values)) return;
    const start = Math.floor(second / coarseStepSeconds) * coarseStepSeconds;
    this.#coarse.write(start, this.#foldFrom(start));
  }

  /** From that second on, thinned where it is older than the fine part. */
  read(fromSecond: number): SeriesRead {
    const { newest } = this.#fine;
    if (newest === null) return { seconds: [], columns: this.#folds.map(() => []) };
    const fineFrom = Math.max(fromSecond, newest - fineSeconds + 1);
    // A coarse value that reaches into the fine part would be drawn over it.
    const seconds = [
      ...this.#coarse.times(fromSecond, fineFrom - coarseStepSeconds),
      ...this.#fine.times(fineFrom, newest),
    ];
    const columns = this.#folds.map((_, column) =>
      seconds.map((second) => (second < fineFrom ? this.#coarse : this.#fine).at(second, column)),
    );
    return { seconds, columns };
  }

  #foldFrom(start: number): (number | null)[] {
    return this.#folds.map((fold, column) => {
      const values: number[] = [];
      for (let second = start; second < start + coarseStepSeconds; second++) {
        const value = this.#fine.at(second, column);
        if (value !== null) values.push(value);
      }
      return folded(fold, values);
    });
  }
}

function folded(fold: Fold, values: readonly number[]): number | null {
  switch (fold) {
    case 'last':
      return values.at(-1) ?? null;
    case 'max':
      return values.length === 0 ? null : Math.max(...values);
    case 'mean':
      return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
  }
}

/** Slots of equal length; the slot of a time is fixed, and says itself which time it holds. */
class Ring {
  readonly #slots: number;
  readonly #step: number;
  readonly #width: number;
  readonly #times: Float64Array;
  readonly #values: Float64Array;
  newest: number | null = null;

  constructor(slots: number, step: number, width: number) {
    this.#slots = slots;
    this.#step = step;
    this.#width = width;
    this.#times = new Float64Array(slots).fill(Number.NaN);
    this.#values = new Float64Array(slots * width);
  }

  write(time: number, values: readonly (number | null)[]): boolean {
    if (this.newest !== null && time <= this.newest - this.#slots * this.#step) return false;
    const slot = this.#slotOf(time);
    this.#times[slot] = time;
    for (let column = 0; column < this.#width; column++) {
      this.#values[slot * this.#width + column] = values[column] ?? Number.NaN;
    }
    this.newest = Math.max(this.newest ?? time, time);
    return true;
  }

  at(time: number, column: number): number | null {
    const slot = this.#slotOf(time);
    if (this.#times[slot] !== time) return null;
    const value = this.#values[slot * this.#width + column] ?? Number.NaN;
    return Number.isNaN(value) ? null : value;
  }

  /** Every step between the first that is known and `to`, known or not. */
  times(from: number, to: number): number[] {
    const written = Math.min(...this.#times.filter((time) => !Number.isNaN(time)));
    // A slot that was not written for an hour still holds its old value.
    const oldest = Math.max(from, written, (this.newest ?? from) - (this.#slots - 1) * this.#step);
    const times: number[] = [];
    const first = Math.ceil(oldest / this.#step) * this.#step;
    for (let time = first; time <= to; time += this.#step) times.push(time);
    return times;
  }

  #slotOf(time: number): number {
    return Math.floor(time / this.#step) % this.#slots;
  }
}
