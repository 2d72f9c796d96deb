import type { PreflightAnswer, PreflightCheck } from '@flipzon/protocol/operator.ts';
import type { Clock } from '../sale/ports.ts';
import { isoInstant } from '../sale/sale.ts';
import { withTimeout } from '../shared/with-timeout.ts';

const probeMsMax = 4_000;

/** Checks one thing that a sale needs, and returns what it found. A rejection counts as a failed check. */
export interface Probe {
  name: string;
  look: () => Promise<Omit<PreflightCheck, 'name'>>;
}

export type Preflight = () => Promise<PreflightAnswer>;

/** Runs all checks at once. Requests that come meanwhile share the answer. */
export function createPreflight(probes: readonly Probe[], clock: Clock): Preflight {
  let running: Promise<PreflightAnswer> | null = null;
  const run = async (): Promise<PreflightAnswer> => {
    const checks = await Promise.all(probes.map(check));
    return { ok: checks.every((each) => each.ok), at: isoInstant(clock.now()), checks };
  };
  return () => {
    running ??= run().finally(() => {
      running = null;
    });
    return running;
  };
}

async function check({ name, look }: Probe): Promise<PreflightCheck> {
  try {
    return { name, ...(await withTimeout(probeMsMax, look())) };
  } catch (error) {
    return {
      name,
      ok: false,
      detail: (error instanceof Error ? error.message : String(error)).slice(0, 300),
    };
  }
}
