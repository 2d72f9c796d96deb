import { expect, it } from 'vitest';
import { type Session, type SessionStore, Sessions } from '../../src/identity/sessions.ts';

const secret = 'a secret for tests, 32 bytes or more';
const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;
const ann = { door: 'customer', subject: 'ann', role: 'customer', accountCreatedAt: null } as const;

/** Sessions over a store in memory, under a clock that the test sets. */
function openSessions(secrets = [secret]) {
  const docs = new Map<string, Session>();
  const turns = new Map<string, number>();
  const ended = new Map<string, number>();
  let announced = 0;
  const time = { now: 1_000_000 };
  const store: SessionStore = {
    async begin(session, now) {
      docs.set(session.id, session);
      turns.set(`${session.id}:1`, now);
    },
    find: async (id) => docs.get(id) ?? null,
    turns: async (id, numbers) =>
      new Map(
        numbers.flatMap((number) => {
          const at = turns.get(`${id}:${number}`);
          return at === undefined ? [] : [[number, at] as const];
        }),
      ),
    async turn({ id }, number, now, forget) {
      const key = `${id}:${number}`;
      if (!turns.has(key)) turns.set(key, now);
      turns.delete(`${id}:${forget}`);
    },
    async end(id, until) {
      docs.delete(id);
      if (until !== null) ended.set(id, until);
    },
    idsOf: async ({ subject }) =>
      [...docs.values()].filter((doc) => doc.subject === subject).map(({ id }) => id),
    forgetExpired: async () => undefined,
    ended: async () => [...ended.keys()],
  };
  const at = (keys: readonly string[]) =>
    new Sessions({
      ...{ store, secrets: keys, clock: { now: () => time.now } },
      issue: async ({ subject }, now) => ({ token: `${subject}@${now}`, expiresAt: now + 10 * minuteMs }),
      announceEnded: async () => {
        announced++;
      },
    });
  return { sessions: at(secrets), at, time, docs, turns, ended, announced: () => announced };
}

it('each refresh gives the cookie of the next turn, and a token', async () => {
  const { sessions, time } = openSessions();
  let { cookie } = await sessions.begin(ann);
  const seen = new Set([cookie]);
  for (let i = 0; i < 5; i++) {
    time.now += 8 * minuteMs;
    const next = await sessions.refresh('customer', cookie);
    expect(next?.token).toBe(`ann@${time.now}`);
    cookie = next?.cookie ?? '';
    seen.add(cookie);
  }
  expect(seen.size).toBe(6);
});

it('two tabs that refresh at once, and one that lost the answer, go on with the same cookie', async () => {
  const { sessions, time } = openSessions();
  const { cookie } = await sessions.begin(ann);
  time.now += 8 * minuteMs;
  const [one, two] = await Promise.all([
    sessions.refresh('customer', cookie),
    sessions.refresh('customer', cookie),
  ]);
  time.now += minuteMs;
  const lost = await sessions.refresh('customer', cookie);
  expect(two?.cookie).toBe(one?.cookie);
  expect(lost?.cookie).toBe(one?.cookie);
});

it('a cookie that was replaced more than a minute ago ends the session, for the copy and for the original', async () => {
  const { sessions, time, ended, announced } = openSessions();
  const { cookie: copied } = await sessions.begin(ann);
  time.now += 8 * minuteMs;
  const original = await sessions.refresh('customer', copied);
  time.now += minuteMs + 1;
  expect(await sessions.refresh('customer', copied)).toBeNull();
  expect(await sessions.refresh('customer', original?.cookie ?? '')).toBeNull();
  expect([ended.size, announced()]).toEqual([1, 1]);
});

it('a cookie of long ago, whose turn is forgotten, ends the session as well', async () => {
  const { sessions, time, docs } = openSessions();
  const { cookie: copied } = await sessions.begin(ann);
  let cookie = copied;
  for (let i = 0; i < 8; i++) {
    time.now += 8 * minuteMs;
    cookie = (await sessions.refresh('customer', cookie))?.cookie ?? '';
  }
  expect(await sessions.refresh('customer', copied)).toBeNull();
  expect(docs.size).toBe(0);
});

it('reloads that follow each other begin no turn, and few turns are kept', async () => {
  const { sessions, time, turns } = openSessions();
  let { cookie } = await sessions.begin(ann);
  for (let i = 0; i < 20; i++) {
    time.now += 1_000;
    cookie = (await sessions.refresh('customer', cookie))?.cookie ?? '';
  }
  expect(turns.size).toBe(1);
  for (let i = 0; i < 20; i++) {
    time.now += minuteMs;
    cookie = (await sessions.refresh('customer', cookie))?.cookie ?? '';
  }
  expect(turns.size).toBeLessThanOrEqual(4);
});

it('a session ends by itself, however often it is refreshed', async () => {
  const { sessions, time } = openSessions();
  let { cookie, seconds } = await sessions.begin(ann);
  expect(seconds).toBe((30 * dayMs) / 1000);
  time.now += 30 * dayMs - 1_000;
  ({ cookie, seconds } = (await sessions.refresh('customer', cookie)) ?? { cookie: '', seconds: -1 });
  expect(seconds).toBe(1);
  time.now += 1_000;
  expect(await sessions.refresh('customer', cookie)).toBeNull();
});

it('a cookie with another number, id or MAC, or of the other door, ends nothing and gets nothing', async () => {
  const { sessions, docs } = openSessions();
  const { cookie } = await sessions.begin(ann);
  const other = await sessions.begin({ ...ann, subject: 'bob' });
  const [id, turn, mac] = cookie.split('.');
  const [otherId] = other.cookie.split('.');
  for (const forged of [
    `${id}.2.${mac}`,
    `${otherId}.${turn}.${mac}`,
    `${id}.${turn}.${'A'.repeat(43)}`,
    `${cookie}=`,
    '',
  ])
    expect(await sessions.refresh('customer', forged)).toBeNull();
  expect(await sessions.refresh('operator', cookie)).toBeNull();
  expect(docs.size).toBe(2);
});

it('a new secret signs, and what the one before has signed is good until it is removed', async () => {
  const { sessions, at } = openSessions();
  const { cookie } = await sessions.begin(ann);
  const replaced = 'another secret for tests, also long';
  expect(await at([replaced, secret]).refresh('customer', cookie)).not.toBeNull();
  expect(await at([replaced]).refresh('customer', cookie)).toBeNull();
});

it('signing out everywhere ends all sessions of the person, and refuses their tokens', async () => {
  const { sessions, ended, docs, announced } = openSessions();
  const { cookie } = await sessions.begin(ann);
  await sessions.begin(ann);
  await sessions.begin({ ...ann, subject: 'bob' });
  await sessions.signOut('customer', cookie, true);
  expect([docs.size, ended.size, announced()]).toEqual([1, 2, 1]);
});

it('signing out refuses the tokens of an operator’s session, and leaves a customer’s to run out', async () => {
  const { sessions, ended, docs, announced } = openSessions();
  const customer = await sessions.begin(ann);
  await sessions.signOut('customer', customer.cookie, false);
  expect([docs.size, ended.size, announced()]).toEqual([0, 0, 0]);
  const operator = await sessions.begin({ ...ann, door: 'operator', role: 'owner' });
  await sessions.signOut('operator', operator.cookie, false);
  expect([docs.size, ended.size, announced()]).toEqual([0, 1, 1]);
});
