import type { RedisClient } from './connections.ts';

const sayEveryMs = 1_000;

export interface GapHandlers {
  /** This node may have missed what others published. */
  onMissed: () => void;
  /** The other nodes may have missed what this node published; they are notified once publishing works again. */
  sayMissed: () => void;
}

/** The Socket.IO adapter's messages are not stored. Notices when some may not have arrived. */
export class AdapterGaps implements Disposable {
  readonly #subscriber: RedisClient;
  readonly #onError: (error: unknown) => void;
  #timer: NodeJS.Timeout | undefined;
  #failed = false;

  constructor(subscriber: RedisClient, onError: (error: unknown) => void) {
    this.#subscriber = subscriber;
    this.#onError = onError;
  }

  /** The subscriber is connected: what makes it ready again was a gap. */
  watch({ onMissed, sayMissed }: GapHandlers): void {
    this.#subscriber.on('ready', () => void this.#heardAgain(onMissed));
    this.#timer = setInterval(() => this.#say(sayMissed), sayEveryMs).unref();
  }

  publishFailed(): void {
    this.#failed = true;
  }

  async #heardAgain(onMissed: () => void): Promise<void> {
    try {
      // Answered after the subscriptions that were sent before it: from here on nothing is missed.
      await this.#subscriber.ping();
      onMissed();
    } catch (error) {
      // It was lost again, and will be ready again.
      this.#onError(error);
    }
  }

  #say(sayMissed: () => void): void {
    if (!this.#failed) return;
    // If this message fails too, it is set again.
    this.#failed = false;
    sayMissed();
  }

  [Symbol.dispose](): void {
    clearInterval(this.#timer);
  }
}
