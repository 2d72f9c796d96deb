import type { ClientToServerEvents, ServerToClientEvents } from '@flipzon/protocol/events.ts';
import type { Transport } from '@flipzon/protocol/page.ts';
import { io, type Socket } from 'socket.io-client';

export type ShopSocket = Socket<ServerToClientEvents, ClientToServerEvents>;

/** A socket that is not connected yet; each connection asks for the credentials again, so signing in takes effect on the next one. */
export function openSocket(
  transports: readonly Transport[],
  credentials: () => { token: string; receipts: string[] } | null,
): ShopSocket {
  let connectedBefore = false;
  /** Which of the transports has connected last. */
  let worked = 0;
  const socket: ShopSocket = io({
    path: '/socket.io',
    transports: [...transports],
    autoConnect: false,
    timeout: 5000,
    // All pages of a dead node come back at once: spread over two seconds at first, and further apart each time they are refused.
    reconnectionDelay: 1200,
    reconnectionDelayMax: 20_000,
    randomizationFactor: 0.85,
    auth: (send) => {
      send({ ...credentials(), ...(connectedBefore ? { again: true } : {}) });
    },
  });
  // If the first transport does not get through, the next one may. A proxy that blocks WebSockets may not even answer them.
  socket.io.on('reconnect_attempt', (attempt) => {
    const first = (worked + attempt - (connectedBefore ? 1 : 0)) % transports.length;
    socket.io.opts.transports = [...transports.slice(first), ...transports.slice(0, first)];
  });
  // Only for the operator's figures: how many of the sockets are people coming back.
  socket.on('connect', () => {
    connectedBefore = true;
    worked = Math.max(0, transports.indexOf(socket.io.engine.transport.name as Transport));
  });
  return socket;
}
