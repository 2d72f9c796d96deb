import type { ClientToServerEvents, ServerToClientEvents } from '@flipzon/protocol/events.ts';
import { io, type Socket } from 'socket.io-client';

export type ShopSocket = Socket<ServerToClientEvents, ClientToServerEvents>;

/** A socket that is not connected yet; each connection asks for the credentials again, so signing in takes effect on the next one. */
export function openSocket(credentials: () => { token: string; receipts: string[] } | null): ShopSocket {
  let connectedBefore = false;
  const socket: ShopSocket = io({
    path: '/socket.io',
    transports: ['websocket'],
    autoConnect: false,
    timeout: 5000,
    // All pages of a dead node come back at once: spread over two seconds at first, and further apart each time they are turned away.
    reconnectionDelay: 1200,
    reconnectionDelayMax: 20_000,
    randomizationFactor: 0.85,
    auth: (send) => {
      send({ ...credentials(), ...(connectedBefore ? { again: true } : {}) });
    },
  });
  // Only for the operator's figures: how many of the sockets are people coming back.
  socket.on('connect', () => {
    connectedBefore = true;
  });
  return socket;
}
