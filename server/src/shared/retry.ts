export interface Backoff {
  msMin: number;
  msMax: number;
}

/** The pause after the failure number `failures` (0: the first): doubles from `msMin` to `msMax`. */
export function backoffMs({ msMin, msMax }: Backoff, failures: number): number {
  return Math.min(msMin * 2 ** failures, msMax);
}

/** Resolves after `ms`, or at once when `signal` aborts. */
export function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal.addEventListener('abort', done);
  });
}

/** Repeats `work` until it succeeds, with growing pauses. After `signal` aborts, a failure is the last one: then resolves with undefined. */
export async function retry<T>(
  work: () => Promise<T>,
  on: { backoff: Backoff; signal: AbortSignal; onError: (error: unknown) => void },
): Promise<T | undefined> {
  for (let failures = 0; ; failures++) {
    try {
      return await work();
    } catch (error) {
      on.onError(error);
      if (on.signal.aborted) return undefined;
      await pause(backoffMs(on.backoff, failures), on.signal);
    }
  }
}
