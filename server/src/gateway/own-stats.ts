import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { BuyOutcome, NodeStatsEntry } from '@flipzon/protocol/operator.ts';
import type { CurrentSale } from '../sale/current-sale.ts';
import type { Presence } from './presence.ts';

const resolutionMs = 10;

/** Buys that this node has answered since it started. */
export interface BuysAnswered {
  buys: { counts: ReadonlyMap<BuyOutcome, number> };
  /** One bucket a bound of `buyMsBounds`, and one for what took longer. */
  buyTimes: { buckets: readonly { count: number }[] };
}

interface Dependencies {
  nodeId: string;
  presence: Pick<Presence, 'own' | 'connects' | 'reconnects'>;
  answered: BuysAnswered;
  current: CurrentSale;
}

/** This node's stats. The event loop is only measured between `start` and `stop`; everything else is counted anyway. */
export class OwnStats {
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
  read(): NodeStatsEntry {
    const { nodeId, presence, answered, current } = this.#deps;
    const delayMs = (this.#delay?.percentile(99) ?? 0) / 1e6 - resolutionMs;
    this.#delay?.reset();
    return {
      node: nodeId,
      upS: Math.floor((performance.now() - this.#startedAt) / 1000),
      sockets: presence.own,
      connects: presence.connects,
      reconnects: presence.reconnects,
      buys: Object.fromEntries(answered.buys.counts),
      buyMs: answered.buyTimes.buckets.map(({ count }) => count),
      eventLoopP99Ms: Math.max(0, Math.round(delayMs * 10) / 10),
      epoch: current.snapshot?.epoch ?? 0,
      healthy: current.snapshot?.available ?? true,
    };
  }
}
