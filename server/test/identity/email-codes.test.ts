import { createSecretKey } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import {
  type CustomerAddress,
  createEmailCodes,
  type EmailCodeStore,
  type SendOutcome,
  type SentCode,
} from '../../src/identity/email-codes.ts';
import type { SessionOf } from '../../src/identity/sessions.ts';

const networks = { address: '192.0.2.1', subnet: '192.0.2.0/24' };
const hourMs = 3_600_000;

let now: number;
let sent: { to: string; code: string }[];
let begun: SessionOf[];
let sending: SendOutcome;
let full: boolean;
let codes: ReturnType<typeof createEmailCodes>;
let stored: Map<string, SentCode>;
let slots: Set<string>;

function fakeStore(): EmailCodeStore {
  const used = new Set<string>();
  const addresses = new Map<string, CustomerAddress>();
  const take = (set: Set<string>, id: string) => !set.has(id) && set.add(id) !== undefined;
  return {
    add: async (code) => void stored.set(code.id, code),
    find: async (id) => stored.get(id) ?? null,
    async takeTry({ id }, max) {
      for (let number = 1; number <= max; number++) if (take(used, `${id}:${number}`)) return max - number;
      return null;
    },
    use: async ({ id }) => take(used, `${id}:used`),
    async takeSlot(key, max) {
      for (let number = 1; number <= max; number++)
        if (take(slots, `${key}:${number}`)) return `${key}:${number}`;
      return null;
    },
    freeSlot: async (slot) => void slots.delete(slot),
    addressOf: async (id) => addresses.get(id) ?? null,
    async keepAddress(id, address) {
      if (!addresses.has(id)) addresses.set(id, address);
      return addresses.get(id) as CustomerAddress;
    },
    forgetExpired: async () => undefined,
  };
}

beforeEach(() => {
  [now, sent, begun, sending, full] = [1_800_000_000_000, [], [], 'sent', false];
  [stored, slots] = [new Map(), new Set()];
  codes = createEmailCodes({
    store: fakeStore(),
    clock: { now: () => now },
    secrets: ['a secret for tests, 32 bytes or more'],
    customerKey: createSecretKey(Buffer.alloc(32, 1)),
    limits: {
      perNetwork: { points: 8, perMs: hourMs },
      perSubnet: { points: 10, perMs: hourMs },
      perDay: 20,
    },
    isFull: () => full,
    async send({ to, code }) {
      sent.push({ to, code });
      return sending;
    },
    sessions: {
      async begin(person) {
        begun.push(person);
        return { ...{ door: person.door, cookie: 'c', seconds: 1, token: 't', expiresAt: now + 1 } };
      },
    },
  });
});

const ask = (address: string, at: typeof networks | null = networks) =>
  codes.ask(address, { networks: at, language: 'en' });
const cookieOf = async (address: string) => {
  const outcome = await ask(address, null);
  if (!outcome.ok) throw new Error(outcome.code);
  return outcome.cookie;
};
const lastCode = () => sent.at(-1)?.code ?? '';
const wrong = (code: string) => code.replace(/^./, (digit) => (digit === '0' ? '1' : '0'));

describe('a code', () => {
  it('signs in the browser that asked for it, however it is typed', async () => {
    const cookie = await cookieOf('ann@example.com');
    expect(lastCode()).toMatch(/^\d{8}$/);
    const outcome = await codes.enter(cookie, ` ${lastCode().slice(0, 4)} ${lastCode().slice(4)} `);
    expect(outcome.ok).toBe(true);
    expect(begun).toEqual([
      {
        door: 'customer',
        subject: expect.stringMatching(/^mail-[\w-]{43}$/),
        role: 'customer',
        accountCreatedAt: now,
      },
    ]);
  });

  it('is in neither the store nor the cookie, nor is the cookie in the store', async () => {
    const cookie = await cookieOf('ann@example.com');
    const kept = JSON.stringify([...stored]);
    expect(kept).not.toContain(lastCode());
    expect(kept).not.toContain(cookie);
    expect(cookie).not.toContain(lastCode());
  });

  it('works once', async () => {
    const cookie = await cookieOf('ann@example.com');
    const outcomes = await Promise.all([1, 2, 3].map(() => codes.enter(cookie, lastCode())));
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1);
    expect(await codes.enter(cookie, lastCode())).toEqual({ ok: false, code: 'code_expired' });
  });

  it('works for ten minutes', async () => {
    const cookie = await cookieOf('ann@example.com');
    now += 600_000;
    expect(await codes.enter(cookie, lastCode())).toEqual({ ok: false, code: 'code_expired' });
    now--;
    expect((await codes.enter(cookie, lastCode())).ok).toBe(true);
  });

  it('can be tried five times, and then not even the right one works', async () => {
    const cookie = await cookieOf('ann@example.com');
    for (const triesLeft of [4, 3, 2, 1])
      expect(await codes.enter(cookie, wrong(lastCode()))).toEqual({
        ok: false,
        code: 'wrong_code',
        triesLeft,
      });
    expect(await codes.enter(cookie, wrong(lastCode()))).toEqual({ ok: false, code: 'code_expired' });
    expect(await codes.enter(cookie, lastCode())).toEqual({ ok: false, code: 'code_expired' });
  });

  it('does not work in another browser, not even in one that asked for a code for the same address', async () => {
    await cookieOf('ann@example.com');
    const first = lastCode();
    const other = await cookieOf('ann@example.com');
    expect(await codes.enter(null, first)).toEqual({ ok: false, code: 'code_expired' });
    expect(await codes.enter('made up', first)).toEqual({ ok: false, code: 'code_expired' });
    expect(await codes.enter(other, first)).toMatchObject({ code: 'wrong_code' });
  });
});

describe('a customer', () => {
  const signIn = async (address: string) => {
    await codes.enter(await cookieOf(address), lastCode());
    return begun.at(-1);
  };

  it('is the same for each spelling of a mailbox, and gets the codes where they signed in first', async () => {
    const first = await signIn('ann@example.com');
    now += 1_000;
    const again = await signIn('Ann+2@Example.com');
    expect(again).toEqual(first);
    expect(sent.map(({ to }) => to)).toEqual(['ann@example.com', 'ann@example.com']);
    expect((await signIn('bob@example.com'))?.subject).not.toBe(first?.subject);
  });

  it('is not signed in by a code that went to another spelling before they signed in first', async () => {
    const stranger = await cookieOf('ann+b@example.com');
    const code = lastCode();
    await signIn('ann@example.com');
    expect(await codes.enter(stranger, code)).toEqual({ ok: false, code: 'code_expired' });
    expect(begun).toHaveLength(1);
  });
});

describe('asking for codes', () => {
  it('is refused for what is not an address, without a mail', async () => {
    expect(await ask('ann')).toEqual({ ok: false, code: 'invalid_address' });
    expect([sent, slots.size]).toEqual([[], 0]);
  });

  it('sends five in an hour to a mailbox, and then says when to try again', async () => {
    for (let i = 0; i < 5; i++) expect((await ask(`ann+${i}@example.com`, null)).ok).toBe(true);
    const outcome = await ask('ann@example.com', null);
    expect(outcome).toEqual({ ok: false, code: 'too_many', retryAfterMs: hourMs - (now % hourMs) });
    now += hourMs;
    expect((await ask('ann@example.com', null)).ok).toBe(true);
  });

  it('counts networks and subnets, and takes nothing from the shop’s share where it refuses', async () => {
    for (let i = 0; i < 8; i++) expect((await ask(`a${i}@example.com`)).ok).toBe(true);
    expect(await ask('b@example.com')).toMatchObject({ code: 'too_many' });
    const beside = { ...networks, address: '192.0.2.2' };
    for (let i = 0; i < 2; i++) expect((await ask(`c${i}@example.com`, beside)).ok).toBe(true);
    expect(await ask('d@example.com', beside)).toMatchObject({ code: 'too_many' });
    expect([...slots].filter((slot) => slot.startsWith('shop:'))).toHaveLength(10);
    expect(JSON.stringify([...slots])).not.toContain('192.0.2');
  });

  it('stops for the whole shop at the day’s share', async () => {
    for (let i = 0; i < 20; i++) expect((await ask(`a${i}@example.com`, null)).ok).toBe(true);
    expect(await ask('b@example.com', null)).toMatchObject({ code: 'unavailable' });
    expect(sent).toHaveLength(20);
  });

  it('says not now when too many mails wait or the mail server fails, and takes no share for it', async () => {
    full = true;
    expect(await ask('ann@example.com')).toEqual({ ok: false, code: 'unavailable', retryAfterMs: 5_000 });
    expect(sent).toEqual([]);
    [full, sending] = [false, 'unavailable'];
    for (let i = 0; i < 10; i++) expect(await ask('ann@example.com')).toMatchObject({ code: 'unavailable' });
    expect(slots.size).toBe(0);
  });

  it('counts mails that the mail server refuses, so that no one asks it which addresses exist without limit', async () => {
    sending = 'refused';
    for (let i = 0; i < 8; i++)
      expect(await ask(`a${i}@example.com`)).toMatchObject({ code: 'address_refused' });
    expect(await ask('b@example.com')).toMatchObject({ code: 'too_many' });
    expect(sent).toHaveLength(8);
  });
});
