import type { ClientSocket } from './socket-server.ts';

/** One listener for the same event of all sockets: one of its own for each would be held for as long as each of them watches. */
export function shared<Args extends unknown[]>(listen: (socket: ClientSocket, ...args: Args) => void) {
  return function (this: unknown, ...args: Args): void {
    listen(this as ClientSocket, ...args);
  };
}
