import type { Gone } from '@flipzon/protocol/schemas.ts';
import type { ShopSocket } from '../shop/live/open-socket.ts';
import { createValue, type Value } from '../value.ts';

export type GoneSeen = Pick<Value<Gone | null>, 'get' | 'subscribe'>;

/** The last units that were claimed, which the server sends on request. After a lost connection, the next answer has what was missed. */
export function watchGone(socket: ShopSocket): GoneSeen {
  const seen = createValue<Gone | null>(null);

  function ask(): void {
    socket.emit('watchGone', (answer) => {
      if (answer.ok) {
        seen.set(answer.gone);
      }
    });
  }

  socket.on('gone', seen.set);
  socket.on('connect', ask);
  if (socket.connected) {
    ask();
  }
  return seen;
}
