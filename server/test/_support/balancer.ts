import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

const checkEveryMs = 100;
const checkMsMax = 2_000;

interface Address {
  url: string;
}

export interface Balancer extends AsyncDisposable, Address {
  /** Resolves when it has been found ready. */
  add(node: Address): Promise<void>;
  /** No new connection goes there; those that are open stay. */
  remove(node: Address): void;
}

interface Target {
  url: URL;
  ready: boolean;
  connections: number;
}

/**
 * A port in front of several nodes, as a load balancer with health checks: a new connection goes to the ready node that has the fewest,
 * past one that does not take it. Connections that are open stay where they are.
 */
export async function openBalancer(): Promise<Balancer> {
  const targets = new Set<Target>();
  const open = new Set<Socket>();
  const server = createServer({ noDelay: true }, (inside) => {
    open.add(inside);
    inside.on('error', () => inside.destroy());
    inside.on('close', () => open.delete(inside));
    void forward(inside, targets);
  });
  server.listen({ port: 0, host: '127.0.0.1', backlog: 4_096 });
  await once(server, 'listening');
  const closing = new AbortController();
  const checking = keepChecking(targets, closing.signal);
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async add(node) {
      const target: Target = { url: new URL(node.url), ready: false, connections: 0 };
      while (!target.ready) await check(target, targets);
      targets.add(target);
    },
    remove(node) {
      const { host } = new URL(node.url);
      for (const target of targets) if (target.url.host === host) targets.delete(target);
    },
    async [Symbol.asyncDispose]() {
      closing.abort();
      await checking;
      for (const socket of open) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

async function keepChecking(targets: Set<Target>, closing: AbortSignal): Promise<void> {
  while (!closing.aborted) {
    await Promise.all([...targets].map((target) => check(target, targets)));
    await new Promise((resolve) => setTimeout(resolve, checkEveryMs));
  }
}

/** One that is drained says so; one whose port is closed is gone for good, for its successor has another port. */
async function check(target: Target, targets: Set<Target>): Promise<void> {
  try {
    const answer = await fetch(new URL('/readyz', target.url), { signal: AbortSignal.timeout(checkMsMax) });
    target.ready = answer.ok;
  } catch (error) {
    // A node that is only slow to answer stays: a connection that waits is better than none.
    const { cause } = error as { cause?: { code?: string } };
    if (cause?.code !== 'ECONNREFUSED') return;
    target.ready = false;
    targets.delete(target);
  }
}

async function forward(inside: Socket, targets: ReadonlySet<Target>): Promise<void> {
  const ready = [...targets].filter((target) => target.ready).sort((a, b) => a.connections - b.connections);
  for (const target of ready) {
    // Counted at once, so that a burst spreads over the nodes.
    target.connections++;
    const outside = connect({ port: Number(target.url.port), host: target.url.hostname, noDelay: true });
    outside.on('error', () => outside.destroy());
    outside.on('close', () => {
      target.connections--;
    });
    const taken = await new Promise((resolve) => {
      outside.once('connect', () => resolve(true));
      outside.once('close', () => resolve(false));
    });
    if (!taken) continue;
    inside.on('close', () => outside.destroy());
    outside.on('close', () => inside.destroySoon());
    inside.pipe(outside);
    outside.pipe(inside);
    if (inside.destroyed) outside.destroy();
    return;
  }
  inside.destroy();
}
