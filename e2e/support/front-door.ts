import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** One address for all nodes, as a load balancer has it: each new connection goes to the first node that takes it. */
export async function openFrontDoor(
  nodes: readonly { url: string }[],
): Promise<AsyncDisposable & { url: string }> {
  const open = new Set<Socket>();
  const keep = (socket: Socket) => {
    open.add(socket);
    socket.once('close', () => open.delete(socket));
  };
  const lead = (inside: Socket, [first, ...others]: readonly { url: string }[]): void => {
    if (first === undefined) {
      inside.destroy();
      return;
    }
    const outside = connect(Number(new URL(first.url).port), '127.0.0.1');
    let connected = false;
    outside.once('connect', () => {
      connected = true;
      inside.pipe(outside).pipe(inside);
      inside.once('close', () => outside.destroy());
      outside.once('close', () => inside.destroy());
    });
    outside.on('error', () => {
      if (!connected) {
        lead(inside, others);
      }
    });
    keep(outside);
  };
  const server = createServer((inside) => {
    inside.on('error', () => inside.destroy());
    keep(inside);
    lead(inside, nodes);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async [Symbol.asyncDispose]() {
      for (const socket of open) {
        socket.destroy();
      }
      server.close();
      await once(server, 'close');
    },
  };
}
