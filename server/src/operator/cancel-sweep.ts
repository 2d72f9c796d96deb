import type { Clock } from '../sale/ports.ts';
import type { OperatorLog } from '../sale/store-ports.ts';
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
  #timer: NodeJS.Timeout | undefined;
  #sweeping: Promise<void> | null = null;
  #stopped = false;

  constructor(deps: Dependencies) {
    this.#deps = deps;
  }

  start(): void {
    // Spread at random, so that the nodes do not all sweep at once: the first one does the work.
    this.#timer = setInterval(
      () => {
        this.#sweeping ??= this.#sweep()
          .catch(this.#deps.onError)
          .finally(() => {
            this.#sweeping = null;
          });
      },
      lookEveryMs * (0.75 + Math.random() / 2),
    );
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    clearInterval(this.#timer);
    await this.#sweeping;
  }

  async #sweep(): Promise<void> {
    const { log, cancelOrder, clock, onError } = this.#deps;
    for (const orderId of await log.begunCancellations(clock.now() - youngMs, atOnceMax)) {
      if (this.#stopped) return;
      await cancelOrder.finish(orderId).catch(onError);
    }
  }
}
