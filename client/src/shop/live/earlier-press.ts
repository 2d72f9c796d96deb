import type { BuyAnswer, BuyRequest } from '@flipzon/protocol/schemas.ts';
import type { PendingRequest } from '../device/pending-request.ts';
import { retryAfterMsDefault } from '../model/apply-answer.ts';
import { jittered, wait } from './wait.ts';

const askAgainMs = 1000;
const retryMsMax = 30_000;
const triesMax = 30;

interface Needs {
  isConnected: () => boolean;
  ask: (request: BuyRequest) => Promise<BuyAnswer | 'no_answer'>;
  /** Called if the press had bought a unit. */
  onBought: (answer: BuyAnswer & { ok: true }) => void;
}

/**
 * Asks with the same request id for the answer to a press in a sale that is no longer on the page: the press may have got a unit there. It buys
 * nothing in the current sale. False while there is no answer yet.
 */
export async function settleEarlier(
  needs: Needs,
  { saleId, requestId, variant }: PendingRequest,
): Promise<boolean> {
  for (let tries = 0; tries < triesMax && needs.isConnected(); tries += 1) {
    const answer = await needs.ask({ saleId, requestId, variant });
    if (answer !== 'no_answer' && answer.ok) {
      needs.onBought(answer);
      return true;
    }
    if (answer !== 'no_answer' && !isUndecided(answer.code)) {
      return true;
    }
    const retryMs = answer === 'no_answer' ? askAgainMs : (answer.retryAfterMs ?? retryAfterMsDefault);
    await wait(Math.min(retryMsMax, jittered(retryMs)));
  }
  return false;
}

function isUndecided(code: (BuyAnswer & { ok: false })['code']): boolean {
  return code === 'unavailable' || code === 'internal_error' || code === 'too_many_requests';
}
