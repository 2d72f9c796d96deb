import type { StaffRole } from '@flipzon/protocol/identity.ts';
import { claimsOf } from '../shop/device/token.ts';
import type { ShopSocket } from '../shop/live/open-socket.ts';
import { createValue, type Value } from '../value.ts';
import type { StatsHistory } from './history/stats-history.ts';

const answerMsMax = 5000;
const askAgainMs = 3000;

/** `forbidden`: the signed-in user is not an operator. */
export type Watching = 'connecting' | 'on' | 'forbidden' | 'ended';

/** Asks for the stats, again after each connection. */
export function watchNodeStats(
  socket: ShopSocket,
  history: StatsHistory,
  remainingOf: (saleId: string | null) => number | null,
  roleAtFirst: StaffRole,
): { watching: Value<Watching>; role: Value<StaffRole> } {
  const role = createValue(roleAtFirst);
  const watching = createValue<Watching>('connecting');
  let timer: ReturnType<typeof setTimeout> | undefined;

  async function ask(): Promise<void> {
    clearTimeout(timer);
    try {
      const answer = await socket.timeout(answerMsMax).emitWithAck('watchNodeStats');
      if (answer.ok) {
        history.buyMsBounds = answer.buyMsBounds;
        role.set(answer.role ?? roleAtFirst);
        watching.set('on');
      } else if (answer.code === 'forbidden') watching.set('forbidden');
      else if (answer.code === 'unauthenticated') watching.set('ended');
      else timer = setTimeout(() => void ask(), askAgainMs);
    } catch {
      if (socket.connected) timer = setTimeout(() => void ask(), askAgainMs);
    }
  }

  socket.on('connect', () => void ask());
  socket.on('disconnect', () => {
    clearTimeout(timer);
    watching.set('connecting');
  });
  socket.on('nodeStats', (stats) => history.take(stats, remainingOf(stats.saleId)));
  socket.on('watchEnded', () => watching.set('ended'));
  if (socket.connected) void ask();
  return { watching, role };
}

/** Until the shop says it: by the token, as this shop writes it. */
export function roleOf(token: string | null): StaffRole {
  return claimsOf(token).role === 'viewer' ? 'viewer' : 'operator';
}
