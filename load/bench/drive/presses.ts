export interface Pressed {
  codes: Record<string, number>;
  /** Latency of each answer, ms. */
  latenciesMs: number[];
  /** From the first press to the last answer. */
  wallMs: number;
}

/** Collects the results of the presses of one process. */
export class Presses {
  readonly #codes: Record<string, number> = {};
  readonly #latenciesMs: number[] = [];
  readonly #startedAtMs = performance.now();
  #lastAtMs = this.#startedAtMs;

  answered(code: string, pressedAtMs: number): void {
    this.#lastAtMs = performance.now();
    this.#latenciesMs.push(Math.round((this.#lastAtMs - pressedAtMs) * 1000) / 1000);
    this.#codes[code] = (this.#codes[code] ?? 0) + 1;
  }

  result(): Pressed {
    return { codes: this.#codes, latenciesMs: this.#latenciesMs, wallMs: this.#lastAtMs - this.#startedAtMs };
  }
}
