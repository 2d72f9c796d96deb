import { backoffWithJitterMs } from '../../shared/backoff.ts';
import type { Gate } from '../../shared/gate.ts';
import type { Random } from '../../shared/random.ts';
import { sleep } from '../../shared/sleep.ts';
import { type Acked, type LinkOptions, openLink, type SocketLink } from './socket-link.ts';

export type ConnectionOptions = Omit<LinkOptions, 'onClose' | 'connectTimeoutMs'> & {
  random: Random;
  gate: Gate;
  onReconnect: () => void;
  /** An attempt to connect failed; there may be more. */
  onTrouble: (reason: string) => void;
};

export type Connected = { ok: true } | { ok: false; code: string };

const attemptsMax = 12;
const connectTimeoutMs = 15_000;

/** A Socket.IO connection that comes back, with jitter, when it is lost; a bounded number of times in a row. */
export class Connection {
  readonly #options: ConnectionOptions;
  #link: SocketLink | null = null;
  #connecting: Promise<Connected> | null = null;
  #closed = false;
  /** Counts the links that were given up for another; their end is no loss. */
  #generation = 0;

  constructor(options: ConnectionOptions) {
    this.#options = options;
  }

  /** Connects unless connected; every caller of one attempt gets the same answer. */
  connect(): Promise<Connected> {
    if (this.#link !== null) return Promise.resolve({ ok: true });
    this.#connecting ??= this.#open().finally(() => {
      this.#connecting = null;
    });
    return this.#connecting;
  }

  /** Waits for the connection first where it is lost; all within `timeoutMs`. */
  async ask(event: string, payload: unknown, timeoutMs: number): Promise<Acked> {
    const startedAtMs = performance.now();
    if (this.#link === null) {
      const connected = await Promise.race([this.connect(), sleep(timeoutMs)]);
      if (!connected?.ok || this.#link === null) return { ok: false, code: 'disconnected' };
    }
    const leftMs = timeoutMs - (performance.now() - startedAtMs);
    return (this.#link as SocketLink).ask(event, payload, Math.max(1, leftMs));
  }

  /** Disconnects and reconnects, as a page that is reloaded does. */
  reload(): Promise<Connected> {
    const left = this.#link;
    if (left !== null) {
      this.#generation++;
      this.#link = null;
      left.close();
    }
    return this.connect();
  }

  close(): void {
    this.#closed = true;
    this.#link?.close();
  }

  async #open(): Promise<Connected> {
    let code = 'closed';
    for (let attempt = 1; attempt <= attemptsMax && !this.#closed; attempt++) {
      const generation = this.#generation;
      const onClose = () => {
        if (generation === this.#generation) this.#lost();
      };
      const opened = await this.#options.gate.run(() =>
        openLink({ ...this.#options, connectTimeoutMs, onClose }),
      );
      if (opened.ok) {
        this.#link = opened.link;
        if (this.#closed) opened.link.close();
        return { ok: true };
      }
      code = opened.code;
      this.#options.onTrouble(opened.message === '' ? code : opened.message);
      if (code === 'unauthenticated') break;
      await sleep(backoffWithJitterMs(attempt, this.#options.random));
    }
    return { ok: false, code };
  }

  #lost(): void {
    this.#link = null;
    if (this.#closed) return;
    this.#options.onReconnect();
    // All clients lose a killed node at the same moment; reconnecting over a second spares the next node.
    void sleep(this.#options.random() * 1000).then(() => this.connect());
  }
}
