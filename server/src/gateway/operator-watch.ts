import type { StaffRole } from '@flipzon/protocol/identity.ts';
import { buyMsBounds, type Figures, type NodeStats, type WatchAnswer } from '@flipzon/protocol/operator.ts';
import { mayAs } from '../identity/roles.ts';
import type { InvariantStatus } from '../operator/invariant-status.ts';
import type { Clock } from '../sale/ports.ts';
import { isoInstant } from '../sale/sale.ts';
import type { NodeStatsExchange } from './node-stats-exchange.ts';
import { shared } from './shared-listener.ts';
import type { ClientSocket } from './socket-server.ts';

const everyMs = 1_000;
/** More consoles than this at one node are a mistake. */
const watchersMax = 50;

interface Dependencies {
  exchange: Pick<NodeStatsExchange, 'ask' | 'rest'>;
  invariantStatus: InvariantStatus;
  clock: Clock;
}

/** `nodeStats` once a second, for operators who asked for them; nothing runs while there are none. */
export class OperatorWatch implements Disposable {
  readonly #deps: Dependencies;
  /** With the event that each gets: `figures`, the deprecated name, if it asked by the deprecated `watch`. */
  readonly #watchers = new Map<ClientSocket, 'nodeStats' | 'figures'>();
  #timer: NodeJS.Timeout | undefined;

  readonly #onLeave = shared((socket) => this.#leave(socket));
  readonly #onWatch = shared((socket, ...args: unknown[]) => {
    const ack = args.at(-1);
    if (typeof ack === 'function') ack(this.#watch(socket, 'nodeStats'));
  });
  readonly #onWatchFigures = shared((socket, ...args: unknown[]) => {
    const ack = args.at(-1);
    if (typeof ack === 'function') ack(this.#watch(socket, 'figures'));
  });

  constructor(deps: Dependencies) {
    this.#deps = deps;
  }

  attach(socket: ClientSocket): void {
    socket.on('watchNodeStats', this.#onWatch);
    socket.on('watch', this.#onWatchFigures);
    socket.on('unwatch', this.#onLeave);
    socket.on('disconnect', this.#onLeave);
  }

  #watch(socket: ClientSocket, event: 'nodeStats' | 'figures'): WatchAnswer {
    const { identity } = socket.data;
    if (identity === null || identity.expiresAt <= this.#deps.clock.now()) {
      return { ok: false, code: 'unauthenticated', message: 'Sign in to watch.' };
    }
    if (!mayAs(identity.role, 'viewer')) {
      return { ok: false, code: 'forbidden', message: 'Only operators can watch. Use an operator’s token.' };
    }
    if (this.#watchers.size >= watchersMax && !this.#watchers.has(socket)) {
      return {
        ok: false,
        code: 'too_many_requests',
        message: 'Too many consoles are connected to this node. Close one and try again.',
      };
    }
    this.#watchers.set(socket, event);
    this.#timer ??= setInterval(() => this.#beat(), everyMs).unref();
    return { ok: true, everyMs, buyMsBounds: [...buyMsBounds], role: identity.role as StaffRole };
  }

  #leave(socket: ClientSocket): void {
    if (!this.#watchers.delete(socket) || this.#watchers.size > 0) return;
    clearInterval(this.#timer);
    this.#timer = undefined;
    this.#deps.exchange.rest();
  }

  #beat(): void {
    const now = this.#deps.clock.now();
    for (const socket of this.#watchers.keys()) {
      if ((socket.data.identity?.expiresAt ?? 0) > now) continue;
      socket.emit('watchEnded', {
        code: 'unauthenticated',
        message: 'The token has expired. Sign in again.',
      });
      this.#leave(socket);
    }
    if (this.#watchers.size === 0) return;
    const nodeStats: NodeStats = {
      at: isoInstant(now),
      nodes: this.#deps.exchange.ask(),
      ...this.#deps.invariantStatus(),
    };
    for (const [socket, event] of this.#watchers) {
      if (event === 'nodeStats') socket.emit('nodeStats', nodeStats);
      else socket.emit('figures', figuresOf(nodeStats));
    }
  }

  [Symbol.dispose](): void {
    clearInterval(this.#timer);
  }
}

/** The payload of the deprecated `figures`. */
function figuresOf({ outbox, ...others }: NodeStats): Figures {
  const { deadLetters: poisoned, ...rest } = outbox;
  return { ...others, outbox: { ...rest, poisoned } };
}
