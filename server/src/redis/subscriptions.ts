import type { StockLevel } from '../sale/sale.ts';
import { readNodeMessage } from '../shared/node-message.ts';
import type { RedisClient } from './connections.ts';
import {
  announcementChannel,
  nodeStatsChannel,
  presenceChannel,
  saleOfStockChannel,
  stockChannelPattern,
} from './keys.ts';

export type SubscriptionKind = 'stock' | 'announcement' | 'presence' | 'figures';

const kinds = new Map<string, Exclude<SubscriptionKind, 'stock'>>([
  [announcementChannel, 'announcement'],
  [presenceChannel, 'presence'],
  [nodeStatsChannel, 'figures'],
]);

export interface SubscriptionHandlers {
  /** `claimedAt`: by Redis's clock, ms since 1970, if claims have changed it; null when it was something else. */
  onStock: (saleId: string, stock: StockLevel, claimedAt: number | null) => void;
  /** Null: the message does not say what has changed. */
  onAnnouncement: (what: string | null) => void;
  onPresence: (message: string) => void;
  onNodeStats: (message: string) => void;
  /** A message was ignored, because this node does not know its version. */
  onIgnored: (kind: SubscriptionKind) => void;
}

/** Everything that reaches a node by publish. Messages may be lost; the poll of the sale makes up for it. */
export async function subscribe(
  subscriber: RedisClient,
  nodeId: string,
  handlers: SubscriptionHandlers,
): Promise<void> {
  subscriber.on('pmessage', (_pattern: string, channel: string, message: string) => {
    const saleId = saleOfStockChannel(channel);
    if (saleId === null) return;
    const body = readNodeMessage(message);
    if (body === null) return handlers.onIgnored('stock');
    const stock = readStock(body);
    if (stock !== null) handlers.onStock(saleId, ...stock);
  });
  subscriber.on('message', (channel: string, message: string) => {
    const kind = kinds.get(channel);
    if (kind === undefined) return;
    const body = readNodeMessage(message);
    if (body === null) handlers.onIgnored(kind);
    if (kind === 'announcement') {
      // 'nodeId what'. A node of version 0.2 leaves out what; one that cannot be read works as well.
      const [from, what] = body?.split(' ') ?? [];
      if (from !== nodeId) handlers.onAnnouncement(what ?? null);
    } else if (body === null) return;
    else if (kind === 'presence') handlers.onPresence(body);
    else handlers.onNodeStats(body);
  });
  await subscriber.psubscribe(stockChannelPattern);
  await subscriber.subscribe(...kinds.keys());
}

/**
 * 'remaining seq claimedAt', where the product has variants their counts after that, such as '3,0,12', and where units were paid or taken back
 * how many are sold.
 */
function readStock(body: string): [StockLevel, claimedAt: number | null] | null {
  const fields = body.split(' ');
  const [remaining, seq, claimedAt] = fields.map(Number);
  if (!Number.isInteger(remaining) || !Number.isInteger(seq)) return null;
  const variants = fields[3] === '-' ? undefined : fields[3]?.split(',').map(Number);
  const stock = {
    ...{ remaining: remaining as number, seq: seq as number },
    ...(variants && { variants }),
    ...(fields[4] !== undefined && { sold: Number(fields[4]) }),
  };
  return [stock, claimedAt || null];
}
