import type { SocketServer } from './socket-server.ts';

const slices = 10;
const sliceMs = 100;

/**
 * Sends this node's clients away so that they come back elsewhere: the transport is closed under them, which their library answers by
 * reconnecting; `disconnectSockets` would tell them not to. In random slices, so the other nodes don't get them all at once.
 */
export async function drainSockets(io: SocketServer): Promise<void> {
  const sockets = [...io.sockets.sockets.values()]
    .map((socket) => ({ socket, at: Math.random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ socket }) => socket);
  const perSlice = Math.ceil(sockets.length / slices);
  for (let from = 0; from < sockets.length; from += perSlice) {
    for (const socket of sockets.slice(from, from + perSlice)) socket.conn.close();
    await new Promise((resolve) => setTimeout(resolve, sliceMs));
  }
  await io.close();
}
