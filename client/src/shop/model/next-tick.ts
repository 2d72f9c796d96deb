import { derivePhase, startsAtMs } from './derive-phase.ts';
import { isDisconnected } from './derive-state.ts';
import { type Model, serverMsAt } from './model.ts';

const tickMsMax = 1000;
const tickMsMin = 5;
/** States that pass by themselves are looked at this often; nothing on the page needs to be quicker. */
const passingTickMs = 200;

/** Milliseconds until time alone may change the page: the countdown ticks, and the sale opens, on the server's whole seconds. */
export function nextTickMs(model: Model, now: number): number {
  if (model.sale === null) {
    return tickMsMax;
  }
  const serverMs = serverMsAt(model, now);
  const phase = derivePhase(model.sale, serverMs);
  const waits = [tickMsMax];
  if (phase === 'countdown' || phase === 'scheduled') {
    const untilStartMs = startsAtMs(model.sale) - serverMs;
    waits.push(untilStartMs % 1000 || 1000);
  }
  const untilEndMs = model.sale.endsAt === null ? 0 : Date.parse(model.sale.endsAt) - serverMs;
  if (untilEndMs > 0) {
    waits.push(untilEndMs % 1000 || 1000);
  }
  const breaking = model.disconnectedAt !== null && !isDisconnected(model, now);
  if (breaking || model.attempt?.progress.kind === 'refused') {
    waits.push(passingTickMs);
  }
  return Math.max(tickMsMin, Math.ceil(Math.min(...waits)));
}
