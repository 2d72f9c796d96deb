import type { Gone } from '@flipzon/protocol/schemas.ts';
import type { ShopSocket } from '../socket/open-socket.ts';

export interface GoneSeen {
  get(): Gone | null;
  subscribe(listener: () => void): () => void;
}

/** The last units that were claimed, as the server tells those who ask. What a broken line has missed comes with the next answer. */
export function watchGone(socket: ShopSocket): GoneSeen {
  const listeners = new Set<() => void>();
  let seen: Gone | null = null;

  function take(gone: Gone | null): void {
    seen = gone;
    for (const listener of listeners) {
      listener();
    }
  }
  function ask(): void {
    socket.emit('watchGone', (answer) => {
      if (answer.ok) {
        take(answer.gone);
      }
    });
  }

  socket.on('gone', take);
  socket.on('connect', ask);
  if (socket.connected) {
    ask();
  }
  return {
    get: () => seen,
    subscribe(listener) {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
  };
}
