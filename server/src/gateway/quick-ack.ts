import { idleConnection } from './local-broadcast.ts';
import { replaceAck, usualAck } from './private-fields.ts';
import type { ClientSocket } from './socket-server.ts';
import { textFrame } from './text-frame.ts';

/**
 * Writes the acknowledgements of a socket straight to its connection, encoded as Socket.IO encodes them. A buyer who is refused at sold-out
 * gets nothing else, so most of a rush is spent on this. A socket with unsent messages uses Socket.IO's own way.
 */
export function acknowledgeQuickly(socket: ClientSocket): void {
  replaceAck(socket, acknowledge);
}

function acknowledge(this: ClientSocket, id: number): (...args: unknown[]) => void {
  let sent = false;
  return (...args) => {
    if (sent) return;
    sent = true;
    const tcp = this.connected ? idleConnection(this) : null;
    if (tcp === null) usualAck(this, id)(...args);
    else tcp.write(textFrame(`43${id}${JSON.stringify(args)}`));
  };
}
