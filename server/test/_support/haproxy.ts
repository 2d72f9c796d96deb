import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { DebianPackage } from '@flipzon/local-services/debian-package.ts';
import { findOnPath } from '@flipzon/local-services/find-on-path.ts';
import { findFreePort } from '@flipzon/local-services/free-port.ts';
import { openNameServer } from './name-server.ts';
import { inRepository } from './repository.ts';

const config = inRepository('deploy/haproxy.cfg');
const debianHaproxy = new DebianPackage('haproxy');

export interface HaproxyBinary {
  path: string;
  env: NodeJS.ProcessEnv;
}

/** The one on PATH, else Debian's; or what is missing, if there is none. */
export async function haproxyBinary(): Promise<HaproxyBinary | { missing: string }> {
  const onPath = findOnPath('haproxy');
  if (onPath !== undefined) return { path: onPath, env: {} };
  const unpacked = debianHaproxy.extracted();
  if (unpacked !== undefined) return unpacked;
  if (findOnPath('apt-get') === undefined)
    return { missing: 'no haproxy on PATH, and no apt-get to install it with' };
  const installed = await debianHaproxy.install(() => undefined);
  return installed.ok ? { path: installed.path, env: installed.env ?? {} } : { missing: installed.reason };
}

export interface Haproxy extends AsyncDisposable {
  url: string;
  /** Where the nodes are, all on `nodePort`. */
  addresses: Set<string>;
  nodePort: number;
  /** HAProxy's own metrics. */
  metrics(): Promise<string>;
}

/** HAProxy with the configuration that is deployed, in front of nodes on 127.0.0.0/8 that it finds by their common name. */
export async function openHaproxy({ path, env }: HaproxyBinary): Promise<Haproxy> {
  await using undo = new AsyncDisposableStack();
  const names = undo.use(await openNameServer());
  const [port, metricsPort, nodePort] = [await findFreePort(), await findFreePort(), await findFreePort()];
  const child = spawn(path, ['-db', '-f', config], {
    env: {
      ...env,
      SHOP_BIND: `127.0.0.1:${port}`,
      SHOP_METRICS_BIND: `127.0.0.1:${metricsPort}`,
      SHOP_NODES: `node.test:${nodePort}`,
      SHOP_DNS: names.address,
      SHOP_CONNECTIONS: '2000',
      SHOP_MAINTENANCE_PAGE: inRepository('deploy/maintenance.html'),
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk) => {
      output = `${output}${chunk}`.slice(-10_000);
    });
  }
  const exited = once(child, 'close');
  undo.defer(async () => {
    child.kill('SIGKILL');
    await exited;
  });
  const metrics = async () => (await fetch(`http://127.0.0.1:${metricsPort}/metrics`)).text();
  for (;;) {
    if (await metrics().then(Boolean, () => false)) break;
    if (child.exitCode !== null) throw new Error(`haproxy ended: ${output}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  const opened = undo.move();
  return {
    url: `http://127.0.0.1:${port}`,
    addresses: names.addresses,
    nodePort,
    metrics,
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  };
}
