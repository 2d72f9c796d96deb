import { setImmediate as turn } from 'node:timers/promises';
import { beforeEach, describe, expect, it } from 'vitest';
import type { MailOutcome } from '../../src/mail/mailer.ts';
import {
  type OrderMail,
  type OrderMailOutcome,
  type OrderMailStore,
  OrderMails,
} from '../../src/mail/order-mails.ts';
import type { StoredOrder } from '../../src/sale/order.ts';
import { usd } from '../_support/usd.ts';

const minuteMs = 60_000;
const dayMs = 86_400_000;

interface Kept {
  mail: OrderMail;
  state: 'waiting' | 'sent' | 'dropped' | 'failed';
  dueAt: number;
}

let now: number;
let kept: Map<string, Kept>;
let outcome: MailOutcome;
let status: StoredOrder['status'];
let sent: string[];
let attempts: OrderMailOutcome[];
let errors: string[];
/** Set: a mail is not answered before it resolves. */
let hanging: Promise<unknown> | null;
let atOnce: { now: number; most: number };

const store: OrderMailStore = {
  plan: () => Promise.reject(new Error('not here')),
  due: async (at, limit) =>
    [...kept.values()]
      .filter(({ state, dueAt }) => state === 'waiting' && dueAt <= at)
      .slice(0, limit)
      .map(({ mail }) => mail),
  async begin({ id, attempts }, _at, leaseUntil) {
    const own = kept.get(id);
    if (own?.state !== 'waiting' || own.mail.attempts !== attempts) return false;
    kept.set(id, { ...own, mail: { ...own.mail, attempts: attempts + 1 }, dueAt: leaseUntil });
    return true;
  },
  ended: async ({ id }, state) => void kept.set(id, { ...(kept.get(id) as Kept), state }),
  again: async ({ id }, dueAt) => void kept.set(id, { ...(kept.get(id) as Kept), dueAt }),
  waiting: async () => [...kept.values()].filter(({ state }) => state === 'waiting').length,
  forgetAttempts: async () => undefined,
};

function planned(id: string, kind: OrderMail['kind'] = 'confirmed'): OrderMail {
  const orderId = `sale-1:${id}:1`;
  const mail = { id: `${orderId}:${kind}`, orderId, kind, customerId: id, attempts: 0, plannedAt: now };
  kept.set(mail.id, { mail, state: 'waiting', dueAt: now + minuteMs / 2 });
  return mail;
}

const orderOf = ({ customerId }: OrderMail): StoredOrder => ({
  ...{ saleId: 'sale-1', customerId, slot: 1, unit: 1, seq: 1, requestId: 'r', price: usd(1) },
  ...{ claimedAt: now, arrivedAt: 0, confirmedAt: now, status },
});

const openMails = () =>
  new OrderMails({
    ...{ store, clock: { now: () => now } },
    contentOf: async (mail) => ({
      ...{ order: orderOf(mail), to: mail.customerId, language: 'en', product: null, variant: null },
    }),
    write: ({ to }, kind) => ({ to, subject: kind, text: '', html: '' }),
    async send({ to, subject }) {
      atOnce.now++;
      atOnce.most = Math.max(atOnce.most, atOnce.now);
      sent.push(`${to} ${subject}`);
      await hanging;
      atOnce.now--;
      return outcome;
    },
    onAttempt: (ended) => attempts.push(ended),
    onError: (error) => errors.push((error as Error).message),
  });

/** All steps of this store and this mail server are done in a few turns. */
async function settle(): Promise<void> {
  for (let n = 0; n < 5; n++) await turn();
}

beforeEach(() => {
  now = 1_800_000_000_000;
  kept = new Map();
  [outcome, status, hanging] = ['sent', 'confirmed', null];
  [sent, attempts, errors] = [[], [], []];
  atOnce = { now: 0, most: 0 };
});

describe('mails about orders', () => {
  it('are sent at once by the node that noted them, and once by all', async () => {
    const mail = planned('ann');
    const nodes = [openMails(), openMails()];
    for (const node of nodes) node.add([mail]);
    await settle();
    now += dayMs;
    for (const node of nodes) node.look();
    await settle();
    expect(sent).toEqual(['ann confirmed']);
    expect(kept.get(mail.id)?.state).toBe('sent');
  });

  it('are tried again with growing pauses for two days, then given up loudly', async () => {
    outcome = 'unavailable';
    const mail = planned('ann');
    const mails = openMails();
    mails.add([mail]);
    const pauses: number[] = [];
    for (await settle(); kept.get(mail.id)?.state === 'waiting'; await settle()) {
      const { dueAt } = kept.get(mail.id) as Kept;
      pauses.push((dueAt - now) / minuteMs);
      now = dueAt - 1;
      mails.look();
      await settle();
      expect(sent).toHaveLength(pauses.length);
      now = dueAt;
      mails.look();
    }
    expect(pauses.slice(0, 9)).toEqual([0.5, 1, 2, 4, 8, 16, 32, 60, 60]);
    expect(attempts).toEqual([...Array(pauses.length).fill('retried'), 'failed']);
    expect(now - mail.plannedAt).toBeGreaterThanOrEqual(2 * dayMs);
    expect(now - mail.plannedAt).toBeLessThan(2 * dayMs + 60 * minuteMs);
    expect(kept.get(mail.id)?.state).toBe('failed');
    expect(errors).toEqual(['the mail "confirmed" about order sale-1:ann:1 was given up: unavailable']);
  });

  it('that the server refuses for good are not tried again', async () => {
    outcome = 'refused';
    const mail = planned('ann');
    openMails().add([mail]);
    await settle();
    expect(kept.get(mail.id)?.state).toBe('failed');
    expect(errors).toEqual(['the mail "confirmed" about order sale-1:ann:1 was given up: refused']);
  });

  it('do not confirm an order that is cancelled by then', async () => {
    status = 'cancelled';
    const late = planned('ann');
    openMails().add([late, planned('ann', 'cancelled')]);
    await settle();
    expect(sent).toEqual(['ann cancelled']);
    expect(kept.get(late.id)?.state).toBe('dropped');
    expect(attempts.sort()).toEqual(['dropped', 'sent']);
  });

  it('wait in bounded memory while the server hangs, and the rest in the database, for any node', async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    hanging = promise;
    const mails = openMails();
    mails.add(Array.from({ length: 1_500 }, (_, n) => planned(`customer-${n}`)));
    await settle();
    expect(atOnce.most).toBe(5);
    const stopped = mails.stop();
    now += dayMs;
    mails.look();
    resolve();
    await stopped;
    expect(sent).toHaveLength(5);

    // Piece by piece, without a pause for each.
    const other = openMails();
    other.look();
    for (let n = 0; n < 2_000 && sent.length < 1_500; n++) await turn();
    expect(new Set(sent).size).toBe(1_500);
    expect(sent).toHaveLength(1_500);
  });
});
