import { type Config, captchaHostnames } from '../config.ts';
import { isLoopback } from '../shared/address.ts';

type Settings = Pick<
  Config,
  | 'HOST'
  | 'DEMO_LOGIN'
  | 'ALLOW_UNSAFE_REDIS'
  | 'CRASH_AT'
  | 'JWT_JWKS_URL'
  | 'JWT_ISSUER'
  | 'JWT_AUDIENCE'
  | 'CHALLENGE_CAPTCHA_URL'
  | 'CHALLENGE_CAPTCHA_HOSTNAMES'
  | 'ALLOWED_ORIGINS'
>;

/** Warnings that an operator must read before a real sale. */
export function startWarnings(settings: Settings, unsafeRedis: readonly string[]): string[] {
  const { ALLOW_UNSAFE_REDIS, CRASH_AT } = settings;
  const consequence = ALLOW_UNSAFE_REDIS
    ? 'Real sales are allowed anyway (ALLOW_UNSAFE_REDIS).'
    : 'No real sale can be started: correct the settings of Redis, or set ALLOW_UNSAFE_REDIS=true.';
  return [
    ...openLoginWarning(settings),
    ...strangersTokensWarning(settings),
    ...captchaWarning(settings),
    ...(unsafeRedis.length === 0 ? [] : [`${unsafeRedisMessage(unsafeRedis)} ${consequence}`]),
    ...(CRASH_AT === undefined
      ? []
      : [`CRASH_AT is set, which is for tests only: the node kills itself at ${CRASH_AT.point}.`]),
  ];
}

export function openLoginWarning({ HOST, DEMO_LOGIN }: Pick<Settings, 'HOST' | 'DEMO_LOGIN'>): string[] {
  if (!DEMO_LOGIN || isLoopback(HOST)) return [];
  return [
    `POST /login is on, and HOST ${HOST} is open to the network: anyone who can reach it can sign in as any customer or operator. ` +
      'Set DEMO_LOGIN=false, or HOST=127.0.0.1.',
  ];
}

/** An identity provider signs for many: without these two, tokens for another application are accepted here. */
function strangersTokensWarning({ JWT_JWKS_URL, JWT_ISSUER, JWT_AUDIENCE }: Settings): string[] {
  if (JWT_JWKS_URL === undefined) return [];
  const missing = Object.entries({ JWT_ISSUER, JWT_AUDIENCE }).filter(([, value]) => value === undefined);
  if (missing.length === 0) return [];
  const names = missing.map(([name]) => name).join(' and ');
  return [
    `JWT_JWKS_URL is set without ${names}: tokens that this provider signs for other applications are accepted too. ` +
      `Set ${names}.`,
  ];
}

function captchaWarning(settings: Settings): string[] {
  if (settings.CHALLENGE_CAPTCHA_URL === undefined || captchaHostnames(settings).length > 0) return [];
  return [
    'CHALLENGE_CAPTCHA_URL is set without host names: a captcha solved on any website is accepted. ' +
      'Set CHALLENGE_CAPTCHA_HOSTNAMES or ALLOWED_ORIGINS.',
  ];
}

export function unsafeRedisMessage(reasons: readonly string[]): string {
  return `Redis may lose what it has answered (${reasons.join('; ')}).`;
}
