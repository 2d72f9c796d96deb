import type { ClientSocket } from './socket-server.ts';

/** One listener for the same event of all sockets: one for each socket would take memory for as long as it is connected. */
export function shared<Args extends unknown[]>(listen: (socket: ClientSocket, ...args: Args) => void) {
  return function (this: unknown, ...args: Args): void {
    listen(this as ClientSocket, ...args);
  };
}
