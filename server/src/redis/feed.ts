import type { StockLevel } from '../sale/sale.ts';
import type { RedisClient } from './connections.ts';
import {
  announcementChannel,
  figuresChannel,
  presenceChannel,
  saleOfStockChannel,
  stockChannelPattern,
} from './keys.ts';

export interface FeedHandlers {
  onStock: (saleId: string, stock: StockLevel) => void;
  onAnnouncement: () => void;
  onPresence: (message: string) => void;
  onFigures: (message: string) => void;
}

/** Everything that reaches a node by publish. Messages may be lost; the poll of the sale makes up for it. */
export async function subscribeFeed(subscriber: RedisClient, handlers: FeedHandlers): Promise<void> {
  subscriber.on('pmessage', (_pattern: string, channel: string, message: string) => {
    const saleId = saleOfStockChannel(channel);
    const [remaining, seq] = message.split(' ').map(Number);
    if (saleId === null || !Number.isInteger(remaining) || !Number.isInteger(seq)) return;
    handlers.onStock(saleId, { remaining: remaining as number, seq: seq as number });
  });
  subscriber.on('message', (channel: string, message: string) => {
    if (channel === announcementChannel) handlers.onAnnouncement();
    else if (channel === presenceChannel) handlers.onPresence(message);
    else if (channel === figuresChannel) handlers.onFigures(message);
  });
  await subscriber.psubscribe(stockChannelPattern);
  await subscriber.subscribe(announcementChannel, presenceChannel, figuresChannel);
}
