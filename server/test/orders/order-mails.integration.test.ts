import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { createMailer } from '../../src/mail/mailer.ts';
import { OrderMails } from '../../src/mail/order-mails.ts';
import { mailServer } from '../../src/mail-config.ts';
import { connectMongo } from '../../src/mongo/connection.ts';
import { createCustomerAddresses, createEmailCodeStore } from '../../src/mongo/email-code-store.ts';
import { createModels, type Models } from '../../src/mongo/models.ts';
import { createOrderMailStore } from '../../src/mongo/order-mail-store.ts';
import { createOrderStore } from '../../src/mongo/order-store.ts';
import { CookieBrowser } from '../_support/cookie-browser.ts';
import { codeIn, type Mailbox, openMailbox, type ReceivedMail } from '../_support/mailbox.ts';
import { type Address, openShop, type Shop } from '../_support/shop.ts';
import { openShopOfProcesses } from '../_support/shop-of-processes.ts';
import { eventually } from '../_support/shopper.ts';

let mailbox: Mailbox;
let shop: Shop;
let models: Models;
const open = new AsyncDisposableStack();
beforeAll(async () => {
  mailbox = open.use(await openMailbox());
  shop = open.use(await openShop(inject('mongodbUri'), { nodes: 2, environment: mailbox.environment }));
  const mongo = await connectMongo(shop.mongodbUri, shop.environment.MONGODB_DATABASE, () => undefined);
  open.defer(() => mongo.close());
  models = await createModels(mongo);
});
afterAll(() => open.disposeAsync());

async function signIn(address: string, language: string): Promise<string> {
  const { url } = shop.nodes[0] as Address;
  const browser = new CookieBrowser();
  const post = (path: string, body: object) =>
    browser.ask(`${url}${path}`, {
      method: 'POST',
      headers: { origin: url, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  const before = mailbox.mails.length;
  await post('/auth/email', { address, language });
  const answer = await post('/auth/email/code', { code: codeIn(await mailbox.next(address, before)) });
  return ((await answer.json()) as { token: string }).token;
}

/** As mail programs read it: without the line breaks of its encoding. */
const readable = ({ raw }: ReceivedMail) =>
  raw
    .replaceAll('=\r\n', '')
    .replaceAll(/(?:=[0-9A-F]{2})+/g, (bytes) => Buffer.from(bytes.replaceAll('=', ''), 'hex').toString());

it('a customer by e-mail gets one mail for their order and one for its cancellation; others get none', async () => {
  const owner = await shop.token('olga', 'owner');
  await shop.request('PATCH', '/settings', {
    token: owner,
    body: { name: 'Kettles', delivery: 'By post.', contact: { email: 'help@example.com' } },
  });
  const sale = await shop.startSale({ name: 'Teapot', price: 89.9, currency: 'EUR' });
  await signIn('ann@example.com', 'en');
  // The language of the last sign-in counts.
  const token = await signIn('ann@example.com', 'de');
  const before = mailbox.mails.length;
  await shop.request('POST', '/buy', { token: await shop.token('bob') });
  const bought = await shop.request<{ order: { id: string } }>('POST', '/buy', { token });
  const { id } = bought.body.order;
  const mail = await mailbox.next('ann@example.com', before);
  const [number] = /FZ(-[0-9A-Z]{4}){3}/.exec(mail.raw) ?? [];
  const stored = await shop.request<{ orders: { number: string }[] }>('GET', '/orders/me', { token });
  expect(number).toBe(stored.body.orders[0]?.number);
  for (const fact of ['Teapot', '89,90', 'bei Kettles ist bestätigt', `/order#${number}`, 'By post.'])
    expect(readable(mail)).toContain(fact);
  expect(mail.raw).toMatch(/^Reply-To: help@example.com/m);
  expect(mail.raw).not.toContain(sale.id);

  await shop.operate('DELETE', `/orders/${encodeURIComponent(id)}`);
  await shop.operate('DELETE', `/orders/${encodeURIComponent(id)}`);
  await eventually(() => expect(readable(mailbox.mails.at(-1) as ReceivedMail)).toContain('storniert'));
  const stateOf = async () => (await models.OrderMail.find({}).lean()).map(({ state }) => state);
  await eventually(async () => expect(await stateOf()).toEqual(['sent', 'sent']));
  expect(mailbox.mails.slice(before).map(({ to }) => to)).toEqual([['ann@example.com'], ['ann@example.com']]);
});

it('a purchase waits for no mail server, and a mail that it does not take is sent later', async () => {
  const sale = await shop.startSale({ name: 'Kanne' });
  const token = await signIn('bea@example.com', 'de');
  const before = mailbox.mails.length;
  mailbox.busy = true;
  expect((await shop.request('POST', '/buy', { token })).status).toBe(201);
  const waiting = () => models.OrderMail.findOne({ state: 'waiting' }).lean();
  await eventually(async () => {
    const mail = await waiting();
    if (mail === null) throw new Error('nothing waits');
    // While the attempt is made, it is due much later.
    expect([mail.attempts, mail.dueAt.getTime() < mail.plannedAt.getTime() + 60_000]).toEqual([1, true]);
  });
  const attempts = await models.OrderMailAttempt.countDocuments();
  expect(mailbox.mails).toHaveLength(before);
  mailbox.busy = false;

  // As a node does it, without its pauses.
  const orders = createOrderStore(models);
  const server = mailServer({ SMTP_URL: mailbox.url, MAIL_FROM: 'shop@example.com' });
  if (server === null) throw new Error('no mail server');
  using mailer = createMailer({ ...server, connections: 1, waitingMax: 10 }, () => undefined);
  const mails = new OrderMails({
    ...{ store: createOrderMailStore(models), clock: { now: () => Date.now() + 60_000 } },
    async contentOf({ orderId }) {
      const order = await orders.byId(orderId);
      return order && { order, to: 'bea@example.com', language: 'de', product: null, variant: null };
    },
    write: ({ to }, kind) => ({ to, subject: `later ${kind}`, text: sale.id, html: '' }),
    send: (mail) => mailer.send(mail),
    onAttempt: () => undefined,
    onError: () => undefined,
  });
  mails.look();
  expect((await mailbox.next('bea@example.com', before)).raw).toContain('later confirmed');
  await mails.stop();
  expect(await waiting()).toBeNull();
  expect(await models.OrderMailAttempt.countDocuments()).toBe(attempts + 1);
});

const messageIdOf = ({ raw }: ReceivedMail) => /^Message-ID: (<.+>)\r?$/im.exec(raw)?.[1];

it('a node that is killed while it sends a mail costs neither the order nor the mail, which is sent again', async () => {
  await using scene = await openShopOfProcesses(inject('mongodbUri'));
  await using slow = await openMailbox();
  const own = await connectMongo(scene.shop.mongodbUri, scene.shop.environment.MONGODB_DATABASE, () => {});
  await using _ = { [Symbol.asyncDispose]: () => own.close() };
  const { OrderMail, ...rest } = await createModels(own);
  await createCustomerAddresses(rest).set('dora', 'dora@example.com', 'en', 1);
  const victim = await scene.start(slow.environment);
  await scene.shop.startSale({}, victim);
  slow.silent = true;
  const token = await scene.shop.token('dora');
  const bought = await scene.shop.request('POST', '/buy', { token, node: victim });
  expect(bought.status).toBe(201);
  const first = await slow.next('dora@example.com');
  victim.kill('SIGKILL');
  await victim.exited;
  expect((await OrderMail.find({}).lean()).map(({ state, attempts }) => [state, attempts])).toEqual([
    ['waiting', 1],
  ]);

  const survivor = await scene.start(mailbox.environment);
  expect(await metric(survivor, 'flipzon_order_mails_waiting')).toBe(1);
  // As if the time had passed for which the attempt of a dead node counts.
  const before = mailbox.mails.length;
  await OrderMail.updateMany({ state: 'waiting' }, { $set: { dueAt: new Date(0) } });
  const second = await mailbox.next('dora@example.com', before);
  expect(messageIdOf(second)).toBe(messageIdOf(first));
  await eventually(async () =>
    expect(await metric(survivor, 'flipzon_order_mails_total{outcome="sent"}')).toBe(1),
  );
  const { body } = await scene.shop.request<{ orders: { status: string }[] }>('GET', '/orders/me', {
    ...{ token, node: survivor },
  });
  expect(body.orders.map(({ status }) => status)).toEqual(['confirmed']);

  // As docs/operations.md says it for mails that were given up.
  await OrderMail.updateMany({ state: 'sent' }, { $set: { state: 'failed' } });
  const times = { plannedAt: new Date(), dueAt: new Date() };
  const sentBefore = mailbox.mails.length;
  await OrderMail.updateMany({ state: 'failed' }, { $set: { state: 'waiting', ...times } });
  expect(messageIdOf(await mailbox.next('dora@example.com', sentBefore))).toBe(messageIdOf(first));
});

async function metric({ url }: Address, name: string): Promise<number> {
  const text = await (await fetch(`${url}/metrics`)).text();
  const line = text.split('\n').find((each) => each.startsWith(`${name} `));
  return Number(line?.slice(name.length));
}

it('two nodes never make the same attempt, and one that died in the middle is followed by another attempt', async () => {
  const addresses = createCustomerAddresses(models);
  await addresses.set('cem', 'c@example.com', 'en', 1);
  await addresses.set('cem', 'cem@example.com', 'de', 2);
  expect(await createEmailCodeStore(models).addressOf('cem')).toEqual({
    ...{ address: 'cem@example.com', language: 'de', since: 1 },
  });
  // The one for databases that scan, too.
  const stores = [false, true].map((scans) => createOrderMailStore(models, { scans }));
  const [store, other] = stores as [(typeof stores)[0], (typeof stores)[0]];
  // Not due for the nodes of the shop, which look too.
  const now = Date.now() + 3_600_000;
  const orders = ['cem', 'no-address'].map((customerId) => ({ id: `sale-9:${customerId}:1`, customerId }));
  const times = { now, dueAt: now + 30 };
  const planned = await Promise.all(stores.map((each) => each.plan(orders, 'confirmed', times)));
  const [mail, ...more] = planned.flat();
  if (mail === undefined) throw new Error('nothing is planned');
  expect(more).toEqual([]);
  expect(mail).toMatchObject({ orderId: 'sale-9:cem:1', attempts: 0, plannedAt: now });
  expect(await store.due(now + 29, 100)).toEqual([]);
  expect(await store.due(now + 30, 100)).toEqual([mail]);

  const begun = await Promise.all([store, other].map((each) => each.begin(mail, now, now + 1_000)));
  expect(begun.filter(Boolean)).toHaveLength(1);
  expect(await store.due(now + 999, 100)).toEqual([]);
  expect(await store.due(now + 1_000, 100)).toEqual([{ ...mail, attempts: 1 }]);
  // A node that has read it before still does not make the first attempt.
  expect(await other.begin(mail, now, now + 1_000)).toBe(false);
  await store.ended(mail, 'failed');
  expect(await store.due(now + 1_000, 100)).toEqual([]);
  await store.forgetAttempts(now);
  expect(await models.OrderMailAttempt.countDocuments({ _id: `${mail.id}:1` })).toBe(1);
  await store.forgetAttempts(now + 1);
  expect(await models.OrderMailAttempt.countDocuments({ _id: `${mail.id}:1` })).toBe(0);
});
