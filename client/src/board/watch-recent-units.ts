import type { RecentUnits } from '@flipzon/protocol/schemas.ts';
import type { ShopSocket } from '../shop/live/open-socket.ts';
import { createValue, type Value } from '../value.ts';

export type RecentUnitsValue = Pick<Value<RecentUnits | null>, 'get' | 'subscribe'>;

/** The last units that were claimed, which the server sends on request. After a lost connection, the next answer has what was missed. */
export function watchRecentUnits(socket: ShopSocket): RecentUnitsValue {
  const seen = createValue<RecentUnits | null>(null);

  function ask(): void {
    socket.emit('watchRecentUnits', (answer) => {
      if (answer.ok) {
        seen.set(answer.recentUnits);
      }
    });
  }

  socket.on('recentUnits', seen.set);
  socket.on('connect', ask);
  if (socket.connected) {
    ask();
  }
  return seen;
}
