import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';

const attemptsMax = 5;

/** A TCP port of the loopback interface that nobody listens on now. */
export async function findFreePort(): Promise<number> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** Starts a service on a port that is free; on another one when somebody took it between the look and the start. */
export async function onFreePort<Service>(start: (port: number) => Promise<Service>): Promise<Service> {
  for (let attempt = 1; ; attempt++) {
    const port = await findFreePort();
    try {
      return await start(port);
    } catch (error) {
      if (attempt >= attemptsMax || !saysPortTaken(error)) throw error;
    }
  }
}

/** In the words of FerretDB, mongod and Redis. */
function saysPortTaken(error: unknown): boolean {
  return error instanceof Error && /address already in use|failed listening on port/i.test(error.message);
}
