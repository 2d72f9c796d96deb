import type { ShopShown } from '@flipzon/protocol/settings.ts';
import { tokenSettings } from '../config.ts';
import { createCookieJar } from '../identity/cookies.ts';
import { createIdentityProvider } from '../identity/identity-provider.ts';
import { createPendingSeal } from '../identity/pending-sign-in.ts';
import { People } from '../identity/people.ts';
import { createRoles } from '../identity/roles.ts';
import { Sessions } from '../identity/sessions.ts';
import { createSignIn } from '../identity/sign-in.ts';
import { createIssueToken, createTokens, exceptEnded } from '../identity/tokens.ts';
import { createOriginCheck } from '../limits/own-origin.ts';
import { createRequestRate } from '../limits/request-rate.ts';
import { RereadSet } from '../shared/reread-set.ts';
import { providerSettings } from '../sign-in-config.ts';
import { createCodeSignIn, openMailing } from './mailing.ts';
import type { NodeContext } from './node-context.ts';
import type { Stores } from './open-stores.ts';

/** Announcements that sessions have ended, of one node; the others read of those beyond it a few seconds later. */
const announceRate = { points: 2, perMs: 1_000 };

/** Expired sessions only take room. */
const forgetEveryMs = 600_000;

export type OpenIdentity = Awaited<ReturnType<typeof openIdentity>>;

/** Whose a token is, and the sessions of those who sign in here. */
export async function openIdentity(node: NodeContext, { redis, mongo }: Stores) {
  const { config, fault } = node;
  const { clock, announcer } = redis;
  const settings = tokenSettings(config);
  const ended = new RereadSet({
    all: () => mongo.sessions.ended(clock.now()),
    onError: fault('sessions'),
  });
  const forget = () => {
    void mongo.sessions.forgetExpired(clock.now()).catch(fault('sessions'));
    void mongo.emailCodes.forgetExpired(clock.now()).catch(fault('mail'));
  };
  const timer = settings.signsIn ? setInterval(forget, forgetEveryMs).unref() : undefined;
  if (settings.signsIn) await ended.refresh();
  const announced = createRequestRate(announceRate);
  const sessions = new Sessions({
    ...{ store: mongo.sessions, clock, secrets: settings.secrets, issue: createIssueToken(settings) },
    announceEnded: async () => {
      await ended.refresh();
      if ((await announced('')) === 0) await announcer.announce('sessions');
    },
  });
  const people = new People({
    ...{ store: mongo.people, sessions, log: mongo.operatorLog, clock, secrets: settings.secrets },
  });
  const mailing = await openMailing(node);
  return {
    tokens: exceptEnded(createTokens(settings, clock), ended),
    ...{ sessions, people, ended, settings, mailing },
    hasConsole: providerSettings(config).operator !== null,
    [Symbol.dispose]() {
      clearInterval(timer);
      mailing?.[Symbol.dispose]();
      ended[Symbol.dispose]();
    },
  };
}

/** What signing in needs of HTTP; null where no one signs in at this shop. */
export async function createAuth(
  node: NodeContext,
  stores: Stores,
  { sessions, people, settings, mailing }: OpenIdentity,
  { publicUrl, shop }: { publicUrl: () => string; shop: { shown: ShopShown } },
) {
  const { config, fault } = node;
  if (!settings.signsIn) return null;
  const { customer, operator } = providerSettings(config);
  const isOwn = createOriginCheck([]);
  return {
    sessions,
    people,
    emailCodes: await createCodeSignIn(node, stores, {
      ...{ mailing, sessions, secrets: settings.secrets, publicUrl, settings: shop },
    }),
    signIn: createSignIn({
      ...{ sessions, people, publicUrl, accountCreatedClaim: settings.accountCreatedClaim },
      addresses: mailing === null ? null : stores.mongo.customerAddresses,
      ...{ clock: stores.redis.clock, onError: fault('mail') },
      providers: {
        customer: customer && createIdentityProvider(customer),
        operator: operator && createIdentityProvider(operator),
      },
      seal: createPendingSeal(settings.secrets),
      roles: createRoles(settings.roles),
    }),
    cookies: createCookieJar(() => publicUrl().startsWith('https:')),
    isOwnOrigin: (origin: string, host: string | undefined) => origin === publicUrl() || isOwn(origin, host),
    onFault: fault('sign-in'),
  };
}

/** To be opened once, by the person who is to be the first owner; empty where there is one, or where no one signs in. */
export async function firstOwnerLink(
  { people, hasConsole }: OpenIdentity,
  publicUrl: string,
): Promise<string[]> {
  const key = hasConsole ? await people.firstOwnerKey() : null;
  return key === null
    ? []
    : [
        `This shop has no owner. Open this link within the hour to become the first one: ${publicUrl}/auth/first-owner?key=${key}`,
      ];
}
