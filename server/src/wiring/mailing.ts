import type { ShopShown } from '@flipzon/protocol/settings.ts';
import { createEmailCodes } from '../identity/email-codes.ts';
import type { Sessions } from '../identity/sessions.ts';
import { codeMail } from '../mail/code-mail.ts';
import { mailServer } from '../mail-config.ts';
import type { NodeContext } from './node-context.ts';
import type { Stores } from './open-stores.ts';

/** Per node. A mail occupies a connection for about 50 ms, so these send 200 in a second. */
const codeConnections = 10;
/** Half of what the connections send in the ten seconds that a visitor waits. */
const codesWaitingMax = 1_000;

/** Fewer than `OrderMails` sends at once wait for these. */
const orderConnections = 3;
const ordersWaitingMax = 100;

export type Mailing = Awaited<ReturnType<typeof openMailing>>;

/** The connections to the mail server; null where the shop sends no mails. */
export async function openMailing({ config, fault }: NodeContext) {
  const server = mailServer(config);
  if (server === null) return null;
  // A shop that sends no mails starts without the library.
  const { createMailer } = await import('../mail/mailer.ts');
  const codes = createMailer(
    { ...server, connections: codeConnections, waitingMax: codesWaitingMax },
    fault('mail'),
  );
  // Connections of their own: people wait for codes.
  const orders = createMailer(
    { ...server, connections: orderConnections, waitingMax: ordersWaitingMax },
    fault('mail'),
  );
  return {
    ...{ codes, orders },
    [Symbol.dispose]() {
      codes[Symbol.dispose]();
      orders[Symbol.dispose]();
    },
  };
}

export async function createCodeSignIn(
  { config }: NodeContext,
  { redis, mongo }: Stores,
  parts: {
    mailing: Mailing;
    sessions: Sessions;
    secrets: readonly string[];
    publicUrl: () => string;
    settings: { shown: ShopShown };
  },
) {
  const { mailing, sessions, secrets, publicUrl, settings } = parts;
  if (mailing === null) return null;
  return createEmailCodes({
    ...{ store: mongo.emailCodes, clock: redis.clock, sessions, secrets },
    customerKey: await mongo.emailCustomerKey(),
    limits: {
      perNetwork: config.ADDRESS_CODES,
      perSubnet: config.SUBNET_CODES,
      perDay: config.CODES_PER_DAY,
    },
    isFull: () => mailing.codes.isFull(),
    send: (mail) => mailing.codes.send(codeMail(mail, { shop: settings.shown, publicUrl: publicUrl() })),
  });
}
