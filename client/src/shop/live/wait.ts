export function wait(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
}

/** The pause after the failure number `failures` (0: the first): doubles from `msMin` to `msMax`. */
export function backoffMs(msMin: number, msMax: number, failures: number): number {
  return Math.min(msMax, msMin * 2 ** failures);
}

/** Somewhere between half and one and a half times `ms`: many pages that lost the same server must not come back as one. */
export function jittered(ms: number, random: () => number = Math.random): number {
  return Math.round(ms * (0.5 + random()));
}
