import type { Probe } from '../operator/preflight.ts';
import type { RedeemRate } from '../presale/redeem-rate.ts';
import type {
  ClaimLedger,
  EarlierRequests,
  EpochKeys,
  HoldLedger,
  Outbox,
  SaleEpoch,
} from '../sale/ledger-ports.ts';
import type { Announcer } from '../sale/ports.ts';
import { nodeMessage } from '../shared/node-message.ts';
import { RedisClaimLedger } from './claim-ledger.ts';
import { connectRedis, type RedisConnections } from './connections.ts';
import { countInWindow } from './count-in-window.ts';
import { RedisEarlierRequests } from './earlier-requests.ts';
import { RedisEpochKeys } from './epoch-keys.ts';
import { RedisHoldLedger } from './hold-ledger.ts';
import { announcementChannel, nodeStatsChannel, presenceChannel, redeemCounter } from './keys.ts';
import { readLedgerContent } from './ledger-content.ts';
import { RedisOutbox } from './outbox.ts';
import { redisProbes } from './preflight-redis.ts';
import { RedisClock } from './redis-clock.ts';
import { unsafeSettings } from './safety.ts';
import { createScriptLoader } from './script-loader.ts';

interface Settings {
  urls: readonly string[];
  /** The same with the user that may load scripts. */
  recoveryUrls: readonly string[];
  nodeId: string;
  rate: { points: number; perMs: number };
  /** Redis has decided, or failed to decide, the buys of one turn. */
  onCall: (tookMs: number) => void;
  onError: (error: unknown) => void;
  onClockError: (error: unknown) => void;
}

export interface OpenRedis extends AsyncDisposable {
  connections: RedisConnections;
  clock: RedisClock;
  ledger: ClaimLedger;
  holdLedger: HoldLedger;
  keys: EpochKeys;
  requests: EarlierRequests;
  outbox: Outbox;
  announcer: Announcer;
  ledgerContent(at: SaleEpoch, withHolds: boolean): ReturnType<typeof readLedgerContent>;
  redeemRate: RedeemRate;
  /** Buys of this node that are not decided yet. */
  openBuys(): number;
  publishPresence(message: string): Promise<unknown>;
  publishNodeStats(message: string): Promise<unknown>;
  isReady(): boolean;
  /** Why it may lose what it has answered; empty: it keeps everything. */
  unsafe(): Promise<string[]>;
  probes: Probe[];
}

/** All that a node keeps in Redis. Rejects when it can't be reached, or when this node could not recover a sale there. */
export async function openRedis(settings: Settings): Promise<OpenRedis> {
  await using undo = new AsyncDisposableStack();
  const connections = undo.use(await connectRedis(settings.urls, settings.onError));
  const { commands, blocking } = connections;
  const loadScripts = createScriptLoader(settings.recoveryUrls);
  // Shows at once whether this node could recover a sale.
  await loadScripts([]);
  const clock = undo.use(new RedisClock(commands));
  await clock.start(settings.onClockError);
  const ledger = new RedisClaimLedger(commands, { rate: settings.rate, onCall: settings.onCall });
  const opened = undo.move();
  return {
    connections,
    clock,
    ledger,
    holdLedger: new RedisHoldLedger(commands),
    keys: new RedisEpochKeys(commands, loadScripts),
    requests: new RedisEarlierRequests(commands),
    outbox: new RedisOutbox(commands, blocking, settings.nodeId),
    announcer: {
      announce: async (what) => {
        await commands.publish(announcementChannel, nodeMessage(`${settings.nodeId} ${what}`));
      },
    },
    ledgerContent: (at, withHolds) => readLedgerContent(commands, at, withHolds),
    redeemRate: (saleId, who, rate) => countInWindow(commands, redeemCounter(saleId, who), rate),
    openBuys: () => ledger.openBuys,
    publishPresence: (message) => commands.publish(presenceChannel, message),
    publishNodeStats: (message) => commands.publish(nodeStatsChannel, nodeMessage(message)),
    isReady: () => commands.status === 'ready',
    unsafe: () => unsafeSettings(settings.recoveryUrls),
    probes: redisProbes({ commands, recoveryUrls: settings.recoveryUrls }),
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  };
}
