import { readNodeMessage } from '../sale/node-message.ts';
import type { StockLevel } from '../sale/sale.ts';
import type { RedisClient } from './connections.ts';
import { announcementChannel, presenceChannel, saleOfStockChannel, stockChannelPattern } from './keys.ts';

export type FeedKind = 'stock' | 'announcement' | 'presence';

export interface FeedHandlers {
  /** `publishedAt`: by Redis's clock, ms since 1970; null when the message does not say. */
  onStock: (saleId: string, stock: StockLevel, publishedAt: number | null) => void;
  onAnnouncement: () => void;
  onPresence: (message: string) => void;
  /** A message of a version that this node does not know was left alone. */
  onIgnored: (kind: FeedKind) => void;
}

/** Everything that reaches a node by publish. Messages may be lost; the poll of the sale makes up for it. */
export async function subscribeFeed(subscriber: RedisClient, handlers: FeedHandlers): Promise<void> {
  subscriber.on('pmessage', (_pattern: string, channel: string, message: string) => {
    const saleId = saleOfStockChannel(channel);
    if (saleId === null) return;
    const body = readNodeMessage(message);
    if (body === null) return handlers.onIgnored('stock');
    const [remaining, seq, publishedAt] = body.split(' ').map(Number);
    if (!Number.isInteger(remaining) || !Number.isInteger(seq)) return;
    handlers.onStock(saleId, { remaining: remaining as number, seq: seq as number }, publishedAt ?? null);
  });
  subscriber.on('message', (channel: string, message: string) => {
    const kind = channel === announcementChannel ? 'announcement' : 'presence';
    const body = readNodeMessage(message);
    if (body === null) handlers.onIgnored(kind);
    // What an announcement says is read from the stores, so one that can't be read does as well.
    if (kind === 'announcement') handlers.onAnnouncement();
    else if (body !== null) handlers.onPresence(body);
  });
  await subscriber.psubscribe(stockChannelPattern);
  await subscriber.subscribe(announcementChannel, presenceChannel);
}
