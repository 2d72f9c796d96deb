import { backoffMs } from '@flipzon/server/shared/retry.ts';
import type { Random } from './random.ts';

export const backoff = { msMin: 200, msMax: 5_000 };

/** With jitter, so that a crowd that was refused at the same moment does not come back as one. */
export function backoffWithJitterMs(failures: number, random: Random): number {
  return backoffMs(backoff, failures) * (0.5 + random());
}
