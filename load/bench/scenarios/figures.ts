import type { Pressed } from '../drive/presses.ts';
import { percentile } from '../report/statistics.ts';

/** The figures of a run of buys. CPU time is the reliable one. */
export interface BuyFigures {
  cpuSPer10k: number[];
  perSecond: number[];
  p50Ms: number[];
  p99Ms: number[];
}

export function noFigures(): BuyFigures {
  return { cpuSPer10k: [], perSecond: [], p50Ms: [], p99Ms: [] };
}

/** `rounds`: the pieces that together make one run. */
export function addRun(figures: BuyFigures, rounds: readonly { cpuMs: number; pressed: Pressed }[]): void {
  const latenciesMs = rounds.flatMap(({ pressed }) => pressed.latenciesMs);
  const cpuMs = rounds.reduce((total, round) => total + round.cpuMs, 0);
  const wallMs = rounds.reduce((total, { pressed }) => total + pressed.wallMs, 0);
  figures.cpuSPer10k.push((cpuMs / latenciesMs.length) * 10);
  figures.perSecond.push((latenciesMs.length / wallMs) * 1000);
  figures.p50Ms.push(percentile(latenciesMs, 50));
  figures.p99Ms.push(percentile(latenciesMs, 99));
}

export function expectOnly(pressed: Pressed, code: string): void {
  const codes = Object.keys(pressed.codes);
  if (codes.length !== 1 || codes[0] !== code)
    throw new Error(`expected ${code} alone, got ${JSON.stringify(pressed.codes)}`);
}
