import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';

const attemptsMax = 5;

/** A TCP port of the loopback interface on which nothing listens now. */
export async function findFreePort(): Promise<number> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** Starts a service on a free port; on another one if a different program took it between the check and the start. */
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
