import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { NodeFigures } from '@flipzon/protocol/operator.ts';
import type { CurrentSale } from '../sale/current-sale.ts';
import type { NodeTally } from '../sale/node-tally.ts';
import type { Presence } from './presence.ts';

const resolutionMs = 10;

interface Dependencies {
  nodeId: string;
  presence: Pick<Presence, 'own' | 'connects' | 'reconnects'>;
  tally: NodeTally;
  current: CurrentSale;
}

/** This node's figures. The event loop is only measured between `start` and `stop`; everything else is counted anyway. */
export class OwnFigures {
  readonly #deps: Dependencies;
  readonly #startedAt = performance.now();
  #delay: ReturnType<typeof monitorEventLoopDelay> | null = null;

  constructor(deps: Dependencies) {
    this.#deps = deps;
  }

  start(): void {
    if (this.#delay !== null) return;
    this.#delay = monitorEventLoopDelay({ resolution: resolutionMs });
    this.#delay.enable();
  }

  stop(): void {
    this.#delay?.disable();
    this.#delay = null;
  }

  /** The delay is that since the last call. */
  read(): NodeFigures {
    const { nodeId, presence, tally, current } = this.#deps;
    const delayMs = (this.#delay?.percentile(99) ?? 0) / 1e6 - resolutionMs;
    this.#delay?.reset();
    return {
      node: nodeId,
      upS: Math.floor((performance.now() - this.#startedAt) / 1000),
      sockets: presence.own,
      connects: presence.connects,
      reconnects: presence.reconnects,
      buys: tally.outcomes,
      buyMs: tally.buckets,
      eventLoopP99Ms: Math.max(0, Math.round(delayMs * 10) / 10),
      epoch: current.snapshot?.epoch ?? 0,
      healthy: current.snapshot?.available ?? true,
    };
  }
}
