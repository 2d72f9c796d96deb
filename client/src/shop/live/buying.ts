import type { BuyAnswer, BuyRequest } from '@flipzon/protocol/schemas.ts';
import type { Storage } from '../../storage.ts';
import { findPending, forgetPending, keepPending, type PendingRequest } from '../device/pending-request.ts';
import { isUndecided, retryAfterMsDefault } from '../model/apply-answer.ts';
import { buyButtonFor } from '../model/buy-button.ts';
import { isPending, serverMsAt } from '../model/model.ts';
import type { Store } from '../model/store.ts';
import { chosenVariant } from '../model/variants.ts';
import { settleEarlier } from './earlier-press.ts';
import { jittered, wait } from './wait.ts';

const askAgainMs = 1000;
const retryMsMin = 250;
const retryMsMax = 30_000;

export interface Buying {
  /** Takes a press of Buy if the button is there to be pressed; any number of presses make one request. */
  press(): void;
  /** Asks again for a press that has no answer: after a reconnect, and after a reload. */
  resume(): void;
}

export interface BuyingNeeds {
  store: Store;
  storage: Storage;
  clock: () => number;
  isConnected: () => boolean;
  ask: (request: BuyRequest) => Promise<BuyAnswer | 'no_answer'>;
  onAnswer: (answer: BuyAnswer) => void;
}

export function createBuying(needs: BuyingNeeds): Buying {
  const { store, storage, clock } = needs;
  let asking = false;
  let current: { saleId: string; requestId: string } | null = null;
  let settling = false;

  async function ask(): Promise<void> {
    if (asking) {
      return;
    }
    asking = true;
    try {
      let delayMs: number | null = 0;
      while (delayMs !== null) {
        await wait(delayMs);
        delayMs = needs.isConnected() ? await askOnce() : setAside();
      }
    } finally {
      asking = false;
      forgetIfAnswered();
    }
  }

  /**
   * Answered here or by an order that came by itself, or no longer wanted: a later page must not ask again. One whose sale has left the
   * page meanwhile is not answered.
   */
  function forgetIfAnswered(): void {
    const { attempt, sale } = store.get();
    if (current !== null && !isPending(attempt)) {
      if (sale?.id === current.saleId) {
        forgetPending(storage, current.requestId);
      }
      current = null;
      void settle();
    }
  }

  /** Asks for the result of a press in an earlier sale until it is known. */
  async function settle(): Promise<void> {
    const pending = stored();
    if (settling || pending === null || pending.saleId === store.get().sale?.id) {
      return;
    }
    settling = true;
    try {
      const onBought = (answer: BuyAnswer & { ok: true }) => {
        needs.onAnswer(answer);
        store.dispatch({ type: 'bought_before', order: answer.order });
      };
      if (await settleEarlier({ ...needs, onBought }, pending)) {
        forgetPending(storage, pending.requestId);
      }
    } finally {
      settling = false;
    }
  }

  /** Milliseconds until the same request is to be asked again; null when it is answered, or no longer wanted. */
  async function askOnce(): Promise<number | null> {
    const attempt = store.get().attempt;
    if (!isPending(attempt)) {
      return null;
    }
    const { saleId, requestId, variant } = attempt;
    const answer = await needs.ask({ saleId, requestId, variant });
    if (answer === 'no_answer') {
      store.dispatch({ type: 'no_answer', requestId });
      return stillWanted(requestId, jittered(askAgainMs));
    }
    const undecided = isUndecided(attempt, answer);
    store.dispatch({ type: 'answered', requestId, answer, now: clock() });
    if (undecided && !answer.ok) {
      const retryMs = answer.retryAfterMs ?? retryAfterMsDefault;
      return stillWanted(requestId, Math.min(retryMsMax, Math.max(retryMsMin, jittered(retryMs))));
    }
    needs.onAnswer(answer);
    return null;
  }

  function stillWanted(requestId: string, delayMs: number): number | null {
    const attempt = store.get().attempt;
    return isPending(attempt) && attempt.requestId === requestId ? delayMs : null;
  }

  function setAside(): null {
    const attempt = store.get().attempt;
    if (attempt !== null) {
      store.dispatch({ type: 'no_answer', requestId: attempt.requestId });
    }
    return null;
  }

  function begin(
    press: Pick<PendingRequest, 'requestId' | 'variant' | 'pressedServerMs'>,
    resumed: boolean,
  ): void {
    const { sale, customer } = store.get();
    if (sale !== null && customer !== null) {
      current = { saleId: sale.id, requestId: press.requestId };
      keepPending(storage, { ...press, saleId: sale.id, customerId: customer.id });
      store.dispatch({ type: 'pressed', ...press, saleId: sale.id, resumed });
      void ask();
    }
  }

  function stored() {
    const model = store.get();
    return model.sale === null || model.customer === null
      ? null
      : findPending(storage, model.customer.id, serverMsAt(model, clock()));
  }

  function storedHere() {
    const pending = stored();
    return pending?.saleId === store.get().sale?.id ? pending : null;
  }

  return {
    press() {
      const model = store.get();
      const button = buyButtonFor(model, clock());
      const buys = button?.label === 'buy' || button?.label === 'buy_another';
      if (buys && button.enabled && needs.isConnected()) {
        const variant = chosenVariant(model)?.sku;
        const pending = storedHere();
        // The request of another tab is repeated, unless it was for another variant.
        const requestId = pending?.variant === variant ? pending?.requestId : undefined;
        const pressedServerMs = serverMsAt(model, clock());
        begin({ requestId: requestId ?? newRequestId(), variant, pressedServerMs }, false);
      }
    },
    resume() {
      const attempt = store.get().attempt;
      if (isPending(attempt)) {
        void ask();
      } else if (attempt === null) {
        const pending = storedHere();
        if (pending !== null) {
          begin(pending, true);
        }
        void settle();
      }
    },
  };
}

/** `crypto.randomUUID` is missing on plain HTTP off this machine, where a demo may be opened. */
function newRequestId(): string {
  if (typeof crypto.randomUUID === 'function') {
    return crypto.randomUUID();
  }
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
