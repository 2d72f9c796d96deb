import type { RedisClient } from './connections.ts';

const sayEveryMs = 1_000;

interface Dependencies {
  subscriber: RedisClient;
  /** This node may have missed what others published. */
  onMissed: () => void;
  /** The others may have missed what this node published: to be told once that works again. */
  sayMissed: () => void;
  onError: (error: unknown) => void;
}

/** What the Socket.IO adapter publishes is kept nowhere. Notices when some of it may not have arrived. */
export class AdapterGaps implements Disposable {
  readonly #deps: Dependencies;
  readonly #timer: NodeJS.Timeout;
  #failed = false;

  /** `subscriber` is connected: what makes it ready again was a gap. */
  constructor(deps: Dependencies) {
    this.#deps = deps;
    deps.subscriber.on('ready', () => void this.#heardAgain());
    this.#timer = setInterval(() => this.#say(), sayEveryMs).unref();
  }

  publishFailed(): void {
    this.#failed = true;
  }

  async #heardAgain(): Promise<void> {
    try {
      // Answered after the subscriptions that were sent before it: from here on nothing is missed.
      await this.#deps.subscriber.ping();
      this.#deps.onMissed();
    } catch (error) {
      // It was lost again, and will be ready again.
      this.#deps.onError(error);
    }
  }

  #say(): void {
    if (!this.#failed) return;
    // A failure of this very message sets it again.
    this.#failed = false;
    this.#deps.sayMissed();
  }

  [Symbol.dispose](): void {
    clearInterval(this.#timer);
  }
}
