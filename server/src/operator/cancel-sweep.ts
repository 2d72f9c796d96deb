import type { Clock } from '../sale/ports.ts';
import type { OperatorLog } from '../sale/store-ports.ts';
import { Repeated } from '../shared/repeated.ts';
import type { CancelOrder } from './cancel-order.ts';

const lookEveryMs = 3_000;
/** Younger ones are still being handled by the node that began them. */
const youngMs = 5_000;
const atOnceMax = 50;

interface Dependencies {
  log: Pick<OperatorLog, 'begunCancellations'>;
  cancelOrder: Pick<CancelOrder, 'finish'>;
  clock: Clock;
  onError: (error: unknown) => void;
}

/**
 * Finishes cancellations that were begun but not finished: their node died, MongoDB's answer was lost, or a recovery of Redis took too
 * long. Every node sweeps; two at once are harmless.
 */
export class CancelSweep {
  readonly #deps: Dependencies;
  readonly #repeated: Repeated;
  #stopped = false;

  constructor(deps: Dependencies) {
    this.#deps = deps;
    this.#repeated = new Repeated(() => this.#sweep(), lookEveryMs, deps.onError);
  }

  start(): void {
    this.#repeated.start();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#repeated.stop();
  }

  async #sweep(): Promise<void> {
    const { log, cancelOrder, clock, onError } = this.#deps;
    for (const orderId of await log.begunCancellations(clock.now() - youngMs, atOnceMax)) {
      if (this.#stopped) return;
      await cancelOrder.finish(orderId).catch(onError);
    }
  }
}
