import { z } from 'zod';
import { isLoopback } from './shared/address.ts';
import { defaultTo, listed, optional, urlWith } from './shared/environment.ts';

/* Variables of the environment that say who people are and how they sign in. */

/** Passwords and tokens go there: unencrypted only on this machine. */
const safeUrl = urlWith('https?').refine((text) => {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname } = new URL(text);
  return protocol === 'https:' || isLoopback(hostname);
});
const safeOrigin = safeUrl
  .refine((text) => URL.canParse(text) && new URL(text).origin === text.replace(/\/$/, ''))
  .transform((text) => text.replace(/\/$/, ''));
const text = z.string().max(500);
const maybe = <Schema extends z.ZodType>(schema: Schema) => z.preprocess(optional, schema.optional());
const issuer = maybe(safeUrl);
const scope = z
  .string()
  .max(500)
  .refine((scopes) => scopes.split(' ').includes('openid'));
/** People choose these themselves, or every customer has one. */
const personal: ReadonlySet<string> = new Set(['sub', 'email', 'name', 'nickname', 'preferred_username']);
/** What the claim says for a role. `customer` is what the shop's own tokens say for everyone else. */
const values = listed.pipe(
  z
    .array(
      z
        .string()
        .min(1)
        .max(200)
        .refine((value) => value !== 'customer'),
    )
    .min(1)
    .max(20),
);

const acceptedUrl = 'an https address; http only on this machine';
const acceptedScope = 'scopes, separated by blanks, openid among them';
const acceptedValues = 'what the claim says for this role, comma-separated; not customer';

export const signInVariables = {
  PUBLIC_URL: [
    maybe(safeOrigin),
    'the shop’s address as browsers have it, such as https://shop.example; http only on this machine',
  ],
  OIDC_ISSUER: [issuer, acceptedUrl],
  OIDC_CLIENT_ID: [maybe(text), 'text'],
  OIDC_CLIENT_SECRET: [maybe(text), 'text'],
  OIDC_SCOPE: [z.preprocess(defaultTo('openid'), scope), acceptedScope],
  OPERATOR_OIDC_ISSUER: [issuer, acceptedUrl],
  OPERATOR_OIDC_CLIENT_ID: [maybe(text), 'text'],
  OPERATOR_OIDC_CLIENT_SECRET: [maybe(text), 'text'],
  OPERATOR_OIDC_SCOPE: [z.preprocess(defaultTo('openid email'), scope), acceptedScope],
  ROLE_CLAIM: [
    z.preprocess(
      defaultTo('role'),
      z
        .string()
        .min(1)
        .max(200)
        .refine((name) => !personal.has(name)),
    ),
    `the name of a claim that the provider’s administrator sets, so none of ${[...personal].join(', ')}`,
  ],
  ROLE_VIEWER: [z.preprocess(defaultTo('viewer'), values), acceptedValues],
  ROLE_OPERATOR: [z.preprocess(defaultTo('operator'), values), acceptedValues],
  ROLE_OWNER: [z.preprocess(defaultTo('owner'), values), acceptedValues],
} as const satisfies Record<string, readonly [z.ZodType, string]>;

type Environment = Readonly<Record<string, string | undefined>>;
type Config = { [Name in keyof typeof signInVariables]: z.output<(typeof signInVariables)[Name][0]> };

export function roleSettings(config: Config) {
  const { ROLE_VIEWER: viewer, ROLE_OPERATOR: operator, ROLE_OWNER: owner } = config;
  return { claim: config.ROLE_CLAIM, values: { viewer, operator, owner } };
}

/** The customers' provider, and the operators', for whom each setting that is missing is the customers'; null without an issuer. */
export function providerSettings(config: Config & { SMTP_URL: string | undefined }) {
  const customer = {
    issuer: config.OIDC_ISSUER,
    clientId: config.OIDC_CLIENT_ID ?? '',
    clientSecret: config.OIDC_CLIENT_SECRET,
    scope: config.OIDC_SCOPE,
    // Only the address is read, and only where the shop sends mails: each reading is one more request to the provider.
    readsProfile: config.SMTP_URL !== undefined && config.OIDC_SCOPE.split(' ').includes('email'),
  };
  const isAnother = config.OPERATOR_OIDC_CLIENT_ID !== undefined;
  const operator = {
    issuer: config.OPERATOR_OIDC_ISSUER ?? customer.issuer,
    clientId: config.OPERATOR_OIDC_CLIENT_ID ?? customer.clientId,
    // Of the same client, or of none: one client's secret is nothing to another one.
    clientSecret: config.OPERATOR_OIDC_CLIENT_SECRET ?? (isAnother ? undefined : customer.clientSecret),
    scope: config.OPERATOR_OIDC_SCOPE,
    readsProfile: true,
  };
  const orNull = <Settings extends { issuer: string | undefined }>(settings: Settings) =>
    settings.issuer === undefined ? null : { ...settings, issuer: settings.issuer };
  return { customer: orNull(customer), operator: orNull(operator) };
}

/** A value that stands for two roles gives the higher one to everyone who should have the lower one. */
function sharedRoleValues(env: Environment): string[] {
  const roles = ['ROLE_VIEWER', 'ROLE_OPERATOR', 'ROLE_OWNER'] as const;
  const valuesOf = (name: (typeof roles)[number]) => signInVariables[name][0].safeParse(env[name]).data ?? [];
  return roles.flatMap((name, index) =>
    roles.slice(index + 1).flatMap((other) =>
      valuesOf(name)
        .filter((value) => valuesOf(other).includes(value))
        .map(
          (value) =>
            `${other} is ${JSON.stringify(env[other] ?? value)}; accepted: no value that ${name} has`,
        ),
    ),
  );
}

/** Variables that are missing beside others, or contradict each other. */
export function signInProblems(env: Environment): string[] {
  return [...sharedRoleValues(env), ...missing(env)];
}

function missing(env: Environment): string[] {
  const issuer = env.OIDC_ISSUER || env.OPERATOR_OIDC_ISSUER;
  if (!issuer) return [];
  const hasClient = env.OIDC_ISSUER ? env.OIDC_CLIENT_ID : env.OPERATOR_OIDC_CLIENT_ID;
  return [
    ...(hasClient
      ? []
      : [
          'OIDC_CLIENT_ID is not set; accepted: the id of this shop at OIDC_ISSUER (of OPERATOR_OIDC_ISSUER: OPERATOR_OIDC_CLIENT_ID)',
        ]),
    ...(env.JWT_SECRET
      ? []
      : ['JWT_SECRET is not set; accepted: at least 32 bytes, for it signs the sessions of OIDC_ISSUER']),
  ];
}
