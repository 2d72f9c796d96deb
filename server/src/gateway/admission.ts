/** Largest burst: handshakes of a quarter of a second, so that they do not block the event loop for longer. */
const burstMs = 250;
/** Sockets whose first messages are still being put together; more would only wait for each other. */
const settingUpMax = 1_000;
const lookEveryMs = 100;
/** An event loop that is later than a burst of handshakes explains is overloaded: the rate is lower until it is on time again. */
const lateMs = 300;
const punctualMs = 50;
const shareMin = 1 / 4;
/** Refused clients come back spread over these seconds. */
const retryAfterSMax = 3;

export type AdmissionRefusal = { reason: 'rate' | 'busy' | 'draining'; retryAfterS: number };

interface Dependencies {
  rate: { points: number; perMs: number };
  onRefused: (reason: AdmissionRefusal['reason']) => void;
  /** The event loop was this late. It is checked every tenth of a second; each check that fell into the delay is reported. */
  onLate?: (ms: number) => void;
  /** Monotonic, ms. */
  now?: () => number;
}

/**
 * How many sockets this node lets in: when another node dies, all of its sockets come here at once, and those that it lets in must still be served.
 * The others are refused and try again later, which costs next to nothing.
 */
export class Admission implements Disposable {
  readonly #deps: Dependencies;
  readonly #now: () => number;
  readonly #burst: number;
  #tokens: number;
  #filledAt: number;
  #share = 1;
  #settingUp = 0;
  #draining = false;
  #timer: NodeJS.Timeout | undefined;

  constructor(deps: Dependencies) {
    this.#deps = deps;
    this.#now = deps.now ?? (() => performance.now());
    this.#burst = Math.max(1, (deps.rate.points * burstMs) / deps.rate.perMs);
    this.#tokens = this.#burst;
    this.#filledAt = this.#now();
  }

  /** Watches how late the event loop is. */
  start(): void {
    let dueAt = this.#now() + lookEveryMs;
    this.#timer = setInterval(() => {
      const lateMs = Math.max(0, this.#now() - dueAt);
      this.noteLateness(lateMs);
      // Otherwise a loop that was blocked for a second would count as a single check.
      for (let ms = lateMs; ms >= 0; ms -= lookEveryMs) this.#deps.onLate?.(ms);
      dueAt = this.#now() + lookEveryMs;
    }, lookEveryMs);
    this.#timer.unref();
  }

  noteLateness(ms: number): void {
    if (ms > lateMs) this.#share = Math.max(shareMin, this.#share / 2);
    else if (ms < punctualMs) this.#share = Math.min(1, this.#share * 2);
  }

  /** Null: the socket may connect. */
  ask(): AdmissionRefusal | null {
    const reason = this.#reasonAgainst();
    if (reason === null) return null;
    this.#deps.onRefused(reason);
    return { reason, retryAfterS: 1 + Math.floor(Math.random() * retryAfterSMax) };
  }

  /** A socket that came in counts until `done`, by which time it has everything it needs to show the right state. */
  async settingUp(done: Promise<unknown>): Promise<void> {
    this.#settingUp++;
    try {
      await done;
    } finally {
      this.#settingUp--;
    }
  }

  /** Lets in no more sockets: this node is shutting down. */
  close(): void {
    this.#draining = true;
  }

  #reasonAgainst(): AdmissionRefusal['reason'] | null {
    if (this.#draining) return 'draining';
    if (this.#settingUp >= settingUpMax) return 'busy';
    const { points, perMs } = this.#deps.rate;
    const now = this.#now();
    const earned = ((now - this.#filledAt) * points * this.#share) / perMs;
    this.#tokens = Math.min(this.#burst, this.#tokens + earned);
    this.#filledAt = now;
    if (this.#tokens < 1) return 'rate';
    this.#tokens--;
    return null;
  }

  [Symbol.dispose](): void {
    clearInterval(this.#timer);
  }
}
