import type { ConnectRefusal } from '@flipzon/protocol/events.ts';
import type { ShopSocket } from './open-socket.ts';
import { backoffMs, jittered } from './wait.ts';

const backoffMsMin = 1000;
const backoffMsMax = 15_000;

export interface Link {
  /** Connects at once with the current token, and drops an existing connection. */
  restart(): void;
  /** Connects at once if there is no connection: the network or the visitor came back. */
  hurry(): void;
}

/**
 * Keeps a connection. Socket.IO comes back by itself from a broken one, but gives up when the server ends or refuses it, and then
 * this code reconnects.
 */
export function stayConnected(
  socket: ShopSocket,
  on: {
    connected: () => void;
    disconnected: (silent: boolean) => void;
    tokenRefused: (why: 'unauthenticated' | 'forbidden') => void;
  },
): Link {
  let refusals = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function comeBack(): void {
    clearTimeout(timer);
    const waitMs = jittered(backoffMs(backoffMsMin, backoffMsMax, refusals));
    refusals += 1;
    timer = setTimeout(() => socket.connect(), waitMs);
  }

  function reconnect(): void {
    clearTimeout(timer);
    socket.disconnect();
    socket.connect();
  }

  socket.on('connect', () => {
    refusals = 0;
    on.connected();
  });
  socket.on('disconnect', (reason) => {
    on.disconnected(reason === 'ping timeout');
    if (reason === 'io server disconnect') {
      comeBack();
    }
  });
  socket.on('connect_error', (error: Error & { data?: ConnectRefusal }) => {
    if (error.data?.code === 'unauthenticated' || error.data?.code === 'forbidden') {
      on.tokenRefused(error.data.code);
      socket.connect();
    } else if (!socket.active) {
      comeBack();
    }
  });

  return {
    restart: reconnect,
    hurry: () => {
      if (!socket.connected) {
        reconnect();
      }
    },
  };
}
