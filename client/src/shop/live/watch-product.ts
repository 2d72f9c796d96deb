import { lacksDetails } from '../model/product-details.ts';
import type { Store } from '../model/store.ts';
import { backoffMs, jittered } from './wait.ts';

/** All pages learn of a new sale at the same moment, and must not all ask at that moment. */
const askMs = 1_000;
const failedAskMsMax = 30_000;

/** Asks for the description and the images of a product that came in a `sale` event, without them. */
export function watchProduct(store: Store, askStatus: () => Promise<boolean>): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let failures = 0;

  function look(): void {
    const { sale } = store.get();
    if (sale === null || !lacksDetails(sale.product)) {
      clearTimeout(timer);
      timer = undefined;
      failures = 0;
    } else {
      timer ??= setTimeout(() => void ask(), jittered(backoffMs(askMs, failedAskMsMax, failures)));
    }
  }

  async function ask(): Promise<void> {
    failures += 1;
    await askStatus();
    timer = undefined;
    look();
  }

  store.subscribe(look);
  look();
}
