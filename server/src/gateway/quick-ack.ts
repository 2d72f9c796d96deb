import { idleConnection } from './local-broadcast.ts';
import type { ClientSocket } from './socket-server.ts';
import { textFrame } from './text-frame.ts';

/** Socket.IO's own, for which it has no type: makes the acknowledgement of the event with this id. */
interface Acknowledging {
  ack?: (id: number) => (...args: unknown[]) => void;
}

/**
 * Has the acknowledgements of a socket written straight to its connection, as Socket.IO would encode them. A customer who is refused at sold-out gets
 * nothing else, so this is what most of a rush is spent on. A socket that has something to send already takes the usual way.
 */
export function acknowledgeQuickly(socket: ClientSocket): void {
  const { ack: usual } = socket as unknown as Acknowledging;
  if (usual === undefined) return;
  (socket as unknown as Acknowledging).ack = acknowledge;
}

function acknowledge(this: unknown, id: number): (...args: unknown[]) => void {
  const socket = this as ClientSocket;
  let sent = false;
  return (...args) => {
    if (sent) return;
    sent = true;
    const tcp = socket.connected ? idleConnection(socket) : null;
    if (tcp === null) {
      const { ack } = Object.getPrototypeOf(socket) as Required<Acknowledging>;
      ack.call(socket, id)(...args);
    } else tcp.write(textFrame(`43${id}${JSON.stringify(args)}`));
  };
}
