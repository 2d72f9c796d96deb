import { join } from 'node:path';
import { createRoles, type RoleSettings } from '@flipzon/server/identity/roles.ts';
import { signToken } from '@flipzon/server/identity/tokens.ts';
import { isLoopback, originHere } from '@flipzon/server/shared/address.ts';
import { openLoginWarning } from '@flipzon/server/wiring/start-warnings.ts';
import { FatalError } from '../fatal.ts';
import { root } from '../root.ts';
import type { Parts } from '../set-up.ts';
import type { Settings } from '../settings.ts';
import { openFrontPort } from './front-port.ts';
import { keptJwtSecret } from './jwt-secret.ts';
import { startNodePool } from './node-pool.ts';
import { startServices } from './private-services.ts';
import { publishServices } from './publish-services.ts';
import type { StopSignals } from './stop-signals.ts';

export type Shop = AsyncDisposable & {
  url: string;
  nodes: { name: string; url: string }[];
  mongodbName: string;
  /** To be read before a real sale. */
  warnings: readonly string[];
  /** Signed with the shop's own key; null where an identity provider signs. */
  operatorToken: (() => Promise<string>) | null;
};

/** Starts the services, the nodes and, with several nodes, the front port; disposing stops them in reverse. */
export async function runShop(settings: Settings, parts: Parts, signals: StopSignals): Promise<Shop> {
  const { port, host, nodes: count, dataDir, demoLogin } = settings;
  await using stack = new AsyncDisposableStack();
  const services = stack.use(await startServices(settings, parts));
  signals.forced.addEventListener('abort', () => services.kill());
  stack.use(publishServices(dataDir, services));
  const { JWT_SECRET, JWT_JWKS_URL, OIDC_ISSUER, OPERATOR_OIDC_ISSUER } = process.env;
  const signs = !JWT_JWKS_URL || OIDC_ISSUER || OPERATOR_OIDC_ISSUER;
  const secret = JWT_SECRET || (signs ? keptJwtSecret(dataDir) : undefined);
  const isBehindFront = count > 1;
  const pool = stack.use(
    await startNodePool({
      count,
      stopping: signals.stopping,
      envOf: (earlierPort) => ({
        PORT: String(earlierPort ?? (isBehindFront ? 0 : port)),
        HOST: isBehindFront ? '127.0.0.1' : host,
        REDIS_URL: services.redisUrl,
        REDIS_RECOVERY_URL: services.redisRecoveryUrl,
        MONGODB_URI: services.mongodbUri,
        DEMO_LOGIN: String(demoLogin),
        REHEARSAL_PROGRAM: process.env.REHEARSAL_PROGRAM || join(root, 'load', 'rehearse', 'main.ts'),
        ...(secret && { JWT_SECRET: secret }),
        // A node behind the front port does not know the address that browsers have.
        ...(isBehindFront && port !== 0 && { PUBLIC_URL: process.env.PUBLIC_URL || originHere(host, port) }),
        // Behind the front port every request seems to come from this machine. If the port is open to the network, metrics are off.
        ...(isBehindFront &&
          !isLoopback(host) && { METRICS_ADDRESSES: process.env.METRICS_ADDRESSES || 'none' }),
      }),
    }),
  );
  signals.forced.addEventListener('abort', () => pool.kill());
  const front = isBehindFront
    ? stack.use(await openFrontPort({ port, host, backends: pool.backends }))
    : undefined;
  const shopPort = front?.port ?? pool.nodes()[0]?.port;
  if (shopPort === undefined) throw new FatalError('The node died right after it was ready; see above.');
  const nodes = pool.nodes().map(({ kind, url }) => ({ name: kind, url }));
  const owned = stack.move();
  return {
    url: originHere(host, shopPort),
    nodes,
    mongodbName: services.mongodbName,
    // Behind the front port the nodes do not know who can reach them.
    warnings: [...new Set([...openLoginWarning({ HOST: host, DEMO_LOGIN: demoLogin }), ...pool.warnings()])],
    operatorToken: secret && !JWT_JWKS_URL ? () => operatorToken(secret, settings.roles) : null,
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}

async function operatorToken(secret: string, roles: RoleSettings): Promise<string> {
  return (
    await signToken(secret, { customerId: 'operator', role: 'operator' }, Date.now(), createRoles(roles))
  ).token;
}
