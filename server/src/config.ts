import { isCurrency, usualCurrency } from '@flipzon/protocol/money.ts';
import { z } from 'zod';
import { mailProblems, mailServer, mailVariables } from './mail-config.ts';
import { isTimeZone } from './sale/schedule.ts';
import { addressList } from './shared/address-list.ts';
import { crashPoints, crashSignals } from './shared/crash-point.ts';
import { defaultTo, listed, optional, urlWith } from './shared/environment.ts';
import { roleSettings, signInProblems, signInVariables } from './sign-in-config.ts';

/** Exit code of a process whose environment can't be used (EX_CONFIG of sysexits.h). */
export const configExitCode = 78;

const redisUrls = z
  .string()
  .transform((text) => text.split(',').map((url) => url.trim()))
  .pipe(z.array(urlWith('rediss?')).min(1))
  // All addresses of a cluster are encrypted, or none.
  .refine((urls) => new Set(urls.map((url) => url.split(':', 1)[0])).size === 1);
const wholeNumber = (min: number, max: number) => z.coerce.number().int().min(min).max(max);
/** `none` is an empty list; an unset variable means the default list. */
const addresses = listed.transform((entries, context) => {
  const list = addressList(entries.length === 1 && entries[0] === 'none' ? [] : entries);
  if (list !== null) return list;
  context.addIssue('not an address');
  return z.NEVER;
});
const countPerSeconds = z
  .string()
  .regex(/^[1-9]\d{0,5}\/[1-9]\d{0,3}s$/)
  .transform((text) => {
    const [points, seconds] = text.slice(0, -1).split('/').map(Number) as [number, number];
    return { points, perMs: seconds * 1000 };
  });

const trueOrFalse = [
  z.preprocess(
    defaultTo('false'),
    z.enum(['true', 'false']).transform((text) => text === 'true'),
  ),
  'true or false',
] as const;

/** This machine and private networks: a client there is more often an undeclared proxy than a crowd. */
const privateAddresses =
  '127.0.0.0/8,::1,10.0.0.0/8,172.16.0.0/12,192.168.0.0/16,169.254.0.0/16,fc00::/7,fe80::/10';

/** Each variable: its schema, and a description of the accepted values. */
const variables = {
  PORT: [z.preprocess(defaultTo('3000'), z.coerce.number().int().min(0).max(65_535)), 'a port, 0 to 65535'],
  HOST: [
    z.preprocess(defaultTo('127.0.0.1'), z.string().regex(/^[\w.:-]+$/)),
    'a host name, or an address such as 127.0.0.1 or ::1, without brackets',
  ],
  REDIS_URL: [
    z.preprocess(defaultTo(''), redisUrls),
    'redis://host:port or rediss://host:port; several of one kind, comma-separated, for a cluster',
  ],
  REDIS_RECOVERY_URL: [
    z.preprocess(optional, redisUrls.optional()),
    'as REDIS_URL, with the user that may load scripts; REDIS_URL itself if not set',
  ],
  ALLOW_UNSAFE_REDIS: trueOrFalse,
  MONGODB_URI: [urlWith('mongodb(\\+srv)?'), 'mongodb://… or mongodb+srv://…'],
  MONGODB_DATABASE: [
    z.preprocess(
      optional,
      z
        .string()
        .regex(/^[\w-]{1,63}$/)
        .optional(),
    ),
    'letters, digits, dashes; overrides the one in MONGODB_URI',
  ],
  JWT_SECRET: [z.preprocess(optional, z.string().min(32).optional()), 'at least 32 bytes'],
  JWT_SECRET_PREVIOUS: [
    z.preprocess(defaultTo(''), listed.pipe(z.array(z.string().min(32)).max(10))),
    'at least 32 bytes each, comma-separated',
  ],
  JWT_JWKS_URL: [z.preprocess(optional, urlWith('https?').optional()), 'an http(s) address'],
  JWT_ISSUER: [z.preprocess(optional, z.string().optional()), 'text'],
  JWT_AUDIENCE: [z.preprocess(optional, z.string().optional()), 'text'],
  ...signInVariables,
  ...mailVariables,
  ACCOUNT_CREATED_CLAIM: [z.preprocess(optional, z.string().max(200).optional()), 'the name of a claim'],
  DEMO_LOGIN: trueOrFalse,
  SALE_TIME_ZONE: [
    z.preprocess(defaultTo('Asia/Kolkata'), z.string().refine(isTimeZone)),
    'an IANA time zone such as Asia/Kolkata',
  ],
  CURRENCY: [
    z.preprocess(defaultTo(usualCurrency), z.string().refine(isCurrency)),
    'an ISO 4217 code such as EUR',
  ],
  PAYMENT_PROVIDER: [
    z.preprocess(defaultTo('none'), z.enum(['none', 'external'])),
    'none or external (stripe and demo are not built yet)',
  ],
  RATE_LIMIT_BUY: [z.preprocess(defaultTo('5/1s'), countPerSeconds), 'COUNT/SECONDSs, such as 5/1s'],
  ADMISSION_RATE: [z.preprocess(defaultTo('2000/1s'), countPerSeconds), 'COUNT/SECONDSs, such as 2000/1s'],
  ADDRESS_SOCKETS: [z.preprocess(defaultTo('1000'), wholeNumber(1, 1_000_000)), 'a number from 1'],
  ADDRESS_CONNECTS: [z.preprocess(defaultTo('200/1s'), countPerSeconds), 'COUNT/SECONDSs, such as 200/1s'],
  ADDRESS_BUYS: [z.preprocess(defaultTo('200/1s'), countPerSeconds), 'COUNT/SECONDSs, such as 200/1s'],
  SUBNET_SOCKETS: [z.preprocess(defaultTo('4000'), wholeNumber(1, 1_000_000)), 'a number from 1'],
  SUBNET_CONNECTS: [z.preprocess(defaultTo('800/1s'), countPerSeconds), 'COUNT/SECONDSs, such as 800/1s'],
  SUBNET_BUYS: [z.preprocess(defaultTo('800/1s'), countPerSeconds), 'COUNT/SECONDSs, such as 800/1s'],
  ADDRESS_REQUESTS: [z.preprocess(defaultTo('500/1s'), countPerSeconds), 'COUNT/SECONDSs, such as 500/1s'],
  SUBNET_REQUESTS: [z.preprocess(defaultTo('2000/1s'), countPerSeconds), 'COUNT/SECONDSs, such as 500/1s'],
  ADDRESS_CODES: [z.preprocess(defaultTo('500/3600s'), countPerSeconds), 'COUNT/SECONDSs, such as 500/3600s'],
  SUBNET_CODES: [
    z.preprocess(defaultTo('2000/3600s'), countPerSeconds),
    'COUNT/SECONDSs, such as 2000/3600s',
  ],
  CUSTOMER_SOCKETS: [z.preprocess(defaultTo('20'), wholeNumber(1, 1_000_000)), 'a number from 1'],
  CHALLENGE: [z.preprocess(defaultTo('off'), z.enum(['off', 'suspicious', 'all'])), 'off, suspicious or all'],
  CHALLENGE_BITS: [z.preprocess(defaultTo('18'), wholeNumber(1, 30)), '1 to 30'],
  CHALLENGE_CAPTCHA_URL: [z.preprocess(optional, urlWith('https?').optional()), 'an http(s) address'],
  CHALLENGE_CAPTCHA_SITE_KEY: [z.preprocess(optional, z.string().max(200).optional()), 'text'],
  CHALLENGE_CAPTCHA_SCORE: [z.preprocess(defaultTo('0.5'), z.coerce.number().min(0).max(1)), '0 to 1'],
  CHALLENGE_CAPTCHA_HOSTNAMES: [
    z.preprocess(defaultTo(''), listed.pipe(z.array(z.string().regex(/^[a-z0-9.-]+$/)))),
    'host names such as shop.example, comma-separated',
  ],
  CHALLENGE_CAPTCHA_SECRET: [z.preprocess(optional, z.string().max(500).optional()), 'text'],
  TRUSTED_PROXIES: [
    z.preprocess(defaultTo('none'), addresses),
    'addresses and networks such as 10.0.0.0/8, comma-separated, or none',
  ],
  UNLIMITED_ADDRESSES: [
    z.preprocess(defaultTo(privateAddresses), addresses),
    'addresses and networks such as 10.0.0.0/8, comma-separated, or none',
  ],
  METRICS_ADDRESSES: [
    z.preprocess(defaultTo(privateAddresses), addresses),
    'addresses and networks such as 10.0.0.0/8, comma-separated, or none',
  ],
  SOCKET_PING_SECONDS: [z.preprocess(defaultTo('20'), wholeNumber(1, 300)), '1 to 300'],
  ALLOWED_ORIGINS: [
    z.preprocess(
      defaultTo(''),
      listed.pipe(
        z.array(urlWith('https?').refine((text) => URL.canParse(text) && new URL(text).origin === text)),
      ),
    ),
    'origins such as https://shop.example, comma-separated',
  ],
  TRANSPORTS: [
    z.preprocess(
      defaultTo('websocket'),
      z
        .string()
        .transform((text) => text.split(','))
        .pipe(z.array(z.enum(['websocket', 'polling'])).min(1)),
    ),
    'websocket, or websocket,polling',
  ],
  DRAIN_NOTICE_MS: [
    z.preprocess(defaultTo('0'), z.coerce.number().int().min(0).max(60_000)),
    'milliseconds, 0 to 60000',
  ],
  REHEARSAL_PROGRAM: [
    z.preprocess(
      defaultTo('none'),
      z.string().transform((text) => (text === 'none' ? null : text)),
    ),
    'the path of the program that plays a dress rehearsal, or none',
  ],
  OTEL_EXPORTER_OTLP_ENDPOINT: [
    z.preprocess(optional, urlWith('https?').optional()),
    'the http(s) address of an OpenTelemetry collector',
  ],
  OTEL_SERVICE_NAME: [z.preprocess(defaultTo('flipzon'), z.string()), 'text'],
  OTEL_TRACES_SAMPLER_ARG: [
    z.preprocess(defaultTo('1'), z.coerce.number().min(0).max(1)),
    'the share of buys that is traced, 0 to 1',
  ],
  CRASH_AT: [
    z.preprocess(
      optional,
      z
        .string()
        .regex(/^[\w.]+(:[1-9]\d*)?$/)
        .transform((text) => {
          const [point, pass = '1'] = text.split(':');
          return { point, pass: Number(pass) };
        })
        .pipe(z.object({ point: z.enum(crashPoints), pass: z.int() }))
        .optional(),
    ),
    'for tests: the name of a crash point, with :N for the N-th time',
  ],
  CRASH_SIGNAL: [
    z.preprocess(defaultTo('SIGKILL'), z.enum(crashSignals)),
    'for tests: SIGKILL, or SIGSTOP to freeze there',
  ],
  LOG_LEVEL: [
    z.preprocess(defaultTo('info'), z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'])),
    'fatal, error, warn, info, debug, trace or silent',
  ],
  NODE_NAME: [z.preprocess(defaultTo('node'), z.string().regex(/^[\w.-]{1,63}$/)), 'letters, digits, dashes'],
  CLIENT_DIR: [
    z.preprocess(defaultTo(new URL('../../client/dist', import.meta.url).pathname), z.string()),
    'the folder of the built page',
  ],
} as const satisfies Record<string, readonly [z.ZodType, string]>;

type Variables = { [Name in keyof typeof variables]: z.output<(typeof variables)[Name][0]> };

export type Config = Variables;

/** The settings that tokens are verified with. */
export function tokenSettings(config: Config) {
  return {
    secrets: config.JWT_SECRET === undefined ? [] : [config.JWT_SECRET, ...config.JWT_SECRET_PREVIOUS],
    jwksUrl: config.JWT_JWKS_URL,
    issuer: config.JWT_ISSUER,
    audience: config.JWT_AUDIENCE,
    accountCreatedClaim: config.ACCOUNT_CREATED_CLAIM,
    roles: roleSettings(config),
    signsIn:
      config.OIDC_ISSUER !== undefined ||
      config.OPERATOR_OIDC_ISSUER !== undefined ||
      mailServer(config) !== null,
  };
}

/** The pages that a captcha may have been solved on: those that are named for it, else those that may call the shop. Empty: any page. */
export function captchaHostnames(config: Pick<Config, 'CHALLENGE_CAPTCHA_HOSTNAMES' | 'ALLOWED_ORIGINS'>) {
  const { CHALLENGE_CAPTCHA_HOSTNAMES: named, ALLOWED_ORIGINS: origins } = config;
  return named.length > 0 ? named : origins.map((origin) => new URL(origin).hostname);
}

export type ConfigResult = { ok: true; config: Config } | { ok: false; problems: string[] };

/** Reads the environment once. Problems name the variable, what was given, and what is accepted; secrets are not repeated. */
export function readConfig(env: Readonly<Record<string, string | undefined>>): ConfigResult {
  const problems: string[] = [];
  const entries = Object.entries(variables).map(([name, [schema, accepted]]) => {
    const result = schema.safeParse(env[name]);
    if (!result.success) problems.push(`${name} is ${shown(name, env[name])}; accepted: ${accepted}`);
    return [name, result.data];
  });
  if (!env.JWT_SECRET && !env.JWT_JWKS_URL) {
    problems.push('JWT_SECRET is not set; accepted: at least 32 bytes, or JWT_JWKS_URL instead');
  }
  if (env.DEMO_LOGIN === 'true' && !env.JWT_SECRET) {
    problems.push('DEMO_LOGIN is "true"; accepted: only together with JWT_SECRET, which signs its tokens');
  }
  problems.push(...signInProblems(env), ...mailProblems(env));
  if (env.CHALLENGE_CAPTCHA_URL && !(env.CHALLENGE_CAPTCHA_SITE_KEY && env.CHALLENGE_CAPTCHA_SECRET)) {
    problems.push(
      'CHALLENGE_CAPTCHA_URL is set; accepted: only with CHALLENGE_CAPTCHA_SITE_KEY and CHALLENGE_CAPTCHA_SECRET',
    );
  }
  return problems.length > 0
    ? { ok: false, problems }
    : { ok: true, config: Object.fromEntries(entries) as Config };
}

function shown(name: string, given: string | undefined): string {
  if (given === undefined || given === '') return 'not set';
  if (name.includes('SECRET')) return `${given.length} characters long`;
  // The part before the last `@` may be a password, also in a misspelt address.
  return JSON.stringify(given.replace(/^([\w+]+:)?.*@/s, '$1//…@').slice(0, 200));
}
