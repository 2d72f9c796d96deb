import { setTimeout as delay } from 'node:timers/promises';
import type { ClientSocket, SocketServer } from './socket-server.ts';

const slices = 10;
const sliceMs = 100;
/** A buy is decided within two seconds or not at all. */
const roundsMax = 25;

/**
 * Sends this node's clients away so that they come back elsewhere: the transport is closed under them, which their library answers by
 * reconnecting; `disconnectSockets` would make them stay away. In random slices, so that the other nodes don't get them all at once. A socket that waits for the
 * answer to a buy gets it first.
 */
export async function drainSockets(io: SocketServer): Promise<void> {
  let sockets = [...io.sockets.sockets.values()]
    .map((socket) => ({ socket, at: Math.random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ socket }) => socket);
  const perSlice = Math.ceil(sockets.length / slices);
  for (let round = 0; round < roundsMax && sockets.length > 0; round++) {
    const waiting = sockets.slice(0, perSlice).filter((socket) => !sendAway(socket));
    // Those that wait for an answer come last.
    sockets = [...sockets.slice(perSlice), ...waiting];
    await delay(sliceMs);
  }
  await io.close();
}

/** False if the socket still waits for an answer. */
function sendAway(socket: ClientSocket): boolean {
  if ((socket.data.undecided ?? 0) > 0) return false;
  socket.conn.close();
  return true;
}
