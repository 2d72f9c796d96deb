import { resolve } from 'node:path';
import { configExitCode, readConfig } from '@flipzon/server/config.ts';
import type { RoleSettings } from '@flipzon/server/identity/roles.ts';
import { isLoopback } from '@flipzon/server/shared/address.ts';
import { roleSettings } from '@flipzon/server/sign-in-config.ts';
import { FatalError } from './fatal.ts';
import { root } from './root.ts';

const NODES_MAX = 16;

/** What the launcher itself needs of the environment; the rest is the nodes' own (server/src/config.ts). */
export type Settings = {
  port: number;
  host: string;
  nodes: number;
  dataDir: string;
  redisUrl: string | undefined;
  redisRecoveryUrl: string | undefined;
  mongodbUri: string | undefined;
  demoLogin: boolean;
  /** People sign in at an identity provider. */
  signsIn: boolean;
  roles: RoleSettings;
  /** A shop that is only being tried out gets a first sale. */
  firstSale: boolean;
};

type Environment = Readonly<Record<string, string | undefined>>;

type Defaults = { nodes: number; isDemo?: boolean };

/** Validates the whole environment before anything is started; every bad variable is named, exit code 78. */
export function readSettings(env: Environment, defaults: Defaults = { nodes: 1 }): Settings {
  const redisUrl = env.REDIS_URL || undefined;
  const redisRecoveryUrl = env.REDIS_RECOVERY_URL || undefined;
  const mongodbUri = env.MONGODB_URI || undefined;
  const isPrivate = redisUrl === undefined && mongodbUri === undefined;
  const isTriedOut = (isPrivate || defaults.isDemo === true) && !env.JWT_JWKS_URL;
  // On by default only if this machine alone can reach it: it gives anyone a token for any customer or operator.
  const demoLogin = env.DEMO_LOGIN || String(isTriedOut && isLoopback(env.HOST || '127.0.0.1'));
  const config = readConfig({
    ...env,
    // What a private set-up brings later: here only so that the nodes' own check does not miss it.
    REDIS_URL: redisUrl ?? 'redis://127.0.0.1',
    MONGODB_URI: mongodbUri ?? 'mongodb://127.0.0.1',
    JWT_SECRET: env.JWT_SECRET || '0'.repeat(32),
    DEMO_LOGIN: demoLogin,
  });
  const problems = config.ok ? [] : [...config.problems];
  const nodes = env.NODES ? Number(env.NODES) : defaults.nodes;
  if (!Number.isInteger(nodes) || nodes < 1 || nodes > NODES_MAX) {
    problems.push(
      `NODES is ${JSON.stringify(env.NODES)}; accepted: a number of processes, 1 to ${NODES_MAX}`,
    );
  }
  if (env.DATA_DIR?.includes('\0') || env.DATA_DIR?.trim() === '') {
    problems.push(`DATA_DIR is ${JSON.stringify(env.DATA_DIR)}; accepted: a folder's path`);
  }
  if (!config.ok || problems.length > 0) throw new FatalError(problems.join('\n'), configExitCode);
  const dataDir = resolve(root, env.DATA_DIR || '.data');
  const { PORT: port, HOST: host } = config.config;
  return {
    port,
    host,
    nodes,
    dataDir,
    redisUrl,
    redisRecoveryUrl,
    mongodbUri,
    demoLogin: demoLogin === 'true',
    roles: roleSettings(config.config),
    signsIn: Boolean(env.OIDC_ISSUER || env.OPERATOR_OIDC_ISSUER),
    firstSale: demoLogin === 'true' || (isTriedOut && !env.DEMO_LOGIN),
  };
}
