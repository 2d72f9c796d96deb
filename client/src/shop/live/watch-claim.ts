import { heldOrders } from '../model/orders.ts';
import type { Store } from '../model/store.ts';
import { backoffMs, jittered } from './wait.ts';

const askMsMin = 4000;
const askMsMax = 30_000;

/**
 * A claim is confirmed within moments, by an event. If that event got lost on its way between nodes, the page would say
 * "Confirming…" forever. So the page asks about a claim that stays unconfirmed for seconds, at growing intervals.
 */
export function watchClaim(store: Store, fetchOrders: () => Promise<unknown>): void {
  let asked = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function look(): void {
    const waits = heldOrders(store.get()).some((order) => order.status === 'claimed');
    if (!waits) {
      clearTimeout(timer);
      timer = undefined;
      asked = 0;
    } else if (timer === undefined) {
      timer = setTimeout(() => void ask(), jittered(backoffMs(askMsMin, askMsMax, asked)));
    }
  }

  async function ask(): Promise<void> {
    asked += 1;
    await fetchOrders();
    timer = undefined;
    look();
  }

  store.subscribe(look);
}
