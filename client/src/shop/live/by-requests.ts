import type { Store } from '../model/store.ts';
import { backoffMs, jittered } from './wait.ts';

/** A first socket that is merely slow has connected by then. */
const firstBeginMs = 2500;
/** By then the pages of a node that died have usually found another node. The random spread keeps the rest from asking all at once. */
const beginMs = 6000;
const askMs = 2500;
const hiddenAskMs = 15_000;
const failedAskMsMax = 30_000;
/** With every fifth answer, the customer's orders are read too. */
const answersPerOrders = 5;

interface Needs {
  store: Store;
  isConnected: () => boolean;
  /** Reads the current sale; false if there was no answer. */
  askStatus: () => Promise<boolean>;
  /** `first`: nothing has been asked since the socket was lost. */
  askOrders: (first: boolean) => Promise<unknown>;
  /** Called after an answer, so that waiting requests can be sent. */
  onAnswer: () => void;
}

/**
 * Polls for what a socket would send while there is none, for example because a proxy blocks it. Meanwhile the page keeps trying to
 * open a socket.
 */
export function askWithoutSocket(needs: Needs): void {
  const { store, isConnected } = needs;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let answers = 0;
  let failures = 0;
  let asking = false;

  function look(): void {
    const lost = store.get().disconnectedAt !== null;
    if (!lost) {
      clearTimeout(timer);
      timer = undefined;
      answers = 0;
      failures = 0;
    } else if (timer === undefined) {
      askIn(jittered(store.get().connectedBefore ? beginMs : firstBeginMs));
    }
  }

  async function ask(): Promise<void> {
    if (asking) {
      return;
    }
    asking = true;
    try {
      await askOnce();
    } finally {
      asking = false;
    }
    // There may be a socket by now.
    if (timer !== undefined) {
      const often = document.visibilityState === 'visible' ? askMs : hiddenAskMs;
      askIn(jittered(backoffMs(often, failedAskMsMax, failures)));
    }
  }

  async function askOnce(): Promise<void> {
    if (isConnected() || !store.get().online) {
      return;
    }
    if (!(await needs.askStatus())) {
      failures += 1;
      return;
    }
    failures = 0;
    needs.onAnswer();
    if (store.get().customer !== null && answers % answersPerOrders === 0) {
      await needs.askOrders(answers === 0);
    }
    answers += 1;
  }

  function askIn(ms: number): void {
    clearTimeout(timer);
    timer = setTimeout(() => void ask(), ms);
  }

  store.subscribe(look);
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible' && timer !== undefined && answers > 0) {
      askIn(0);
    }
  });
  look();
}
