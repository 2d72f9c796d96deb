import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, inject, it } from 'vitest';
import { People, type PeopleStore, type StaffClaims } from '../../src/identity/people.ts';
import { connectMongo } from '../../src/mongo/connection.ts';
import { createModels, type Models } from '../../src/mongo/models.ts';
import { createOperatorLog } from '../../src/mongo/operator-log.ts';
import { createPeopleStore } from '../../src/mongo/people-store.ts';
import { jwtSecret } from '../_support/shop.ts';

let connection: Awaited<ReturnType<typeof connectMongo>>;
let models: Models;
let store: PeopleStore;
let ended: string[];
let faults: number;
let people: People;
const time = { now: 1_000_000 };
beforeAll(async () => {
  const database = `test_${randomBytes(6).toString('hex')}`;
  connection = await connectMongo(inject('mongodbUri'), database, () => undefined);
  models = await createModels(connection);
  store = createPeopleStore(models);
});
afterAll(() => connection?.close());
beforeEach(async () => {
  await models.Person.deleteMany({});
  await models.FirstOwner.deleteMany({});
  [ended, faults] = [[], 0];
  people = open(store);
});

function open(over: PeopleStore): People {
  return new People({
    store: over,
    log: createOperatorLog(models),
    clock: { now: () => ++time.now },
    secrets: [jwtSecret],
    sessions: {
      async endAllOf({ subject }) {
        if (faults-- > 0) throw new Error('MongoDB does not answer');
        ended.push(subject);
      },
    },
  });
}

const claims = (subject: string, more: Partial<StaffClaims> = {}): StaffClaims => ({
  ...{ subject, email: null, role: 'customer' },
  ...more,
});
const vic = (subject: string) => claims(subject, { email: 'vic@example.com' });
const vicsId = 'mail:vic@example.com';

/** People whose store lets an owner decide right after a sign-in has read. */
function interrupted(decide: () => Promise<unknown>): People {
  let first = true;
  return open({
    ...store,
    async find(...query) {
      const found = await store.find(...query);
      if (first) {
        first = false;
        await decide();
      }
      return found;
    },
  });
}

it('a removal in the middle of a sign-in is not lost, for an invitation nor for a claim', async () => {
  await people.invite(vicsId, 'operator', 'olga');
  await interrupted(() => people.remove(vicsId, 'olga')).signIn(vic('v1'));
  expect(await people.stillHas(vic('v1'), 'operator')).toBe(false);
  expect(await people.signIn(vic('v1'))).toBeNull();

  const claire = claims('claire', { role: 'operator' });
  expect(await people.signIn(claire)).toBe('operator');
  await interrupted(() => people.remove('sub:claire', 'olga')).signIn(claire);
  expect(await people.signIn(claire)).toBeNull();
});

it('another role that an owner gives in the middle of a sign-in counts', async () => {
  await people.invite(vicsId, 'owner', 'olga');
  await people.invite('sub:olga', 'owner', 'olga');
  const role = await interrupted(() => people.invite(vicsId, 'viewer', 'olga')).signIn(vic('v1'));
  expect(role).toBe('owner');
  expect(await people.stillHas(vic('v1'), 'owner')).toBe(false);
  expect(await people.signIn(vic('v1'))).toBe('viewer');
});

it('a removed person stays out with another address, whatever their claim says, until an owner invites them', async () => {
  const withClaim = { ...vic('v1'), role: 'operator' } as const;
  await people.invite(vicsId, 'owner', 'olga');
  await people.invite('sub:olga', 'owner', 'olga');
  expect(await people.signIn(withClaim)).toBe('owner');
  await people.remove(vicsId, 'olga');
  expect(await people.signIn({ ...withClaim, email: 'other@example.com' })).toBeNull();
  expect(await people.signIn({ ...withClaim, email: null })).toBeNull();
  await people.invite('sub:v1', 'viewer', 'olga');
  expect(await people.signIn(vic('v1'))).toBe('viewer');
});

it('an address whose person signs in with another account takes the sessions of the first one', async () => {
  await people.invite(vicsId, 'operator', 'olga');
  await people.signIn(vic('v1'));
  expect(ended).toEqual([]);
  await people.signIn(vic('v2'));
  expect(ended).toEqual(['v1']);
  await people.remove(vicsId, 'olga');
  expect(ended).toEqual(['v1', 'v2']);
});

it('two owners who remove each other, or each other’s role, at the same moment do not leave the shop without one', async () => {
  const changes = [
    (as: People, id: string, by: string) => as.remove(id, by),
    (as: People, id: string, by: string) => as.invite(id, 'viewer', by),
  ];
  for (const change of changes) {
    for (const id of ['sub:olga', 'sub:otto']) await people.invite(id, 'owner', 'olga');
    // Both have looked for another owner before either writes.
    const { promise: both, resolve } = Promise.withResolvers<void>();
    let writes = 0;
    const late = open({
      ...store,
      async write(person) {
        if (++writes === 2) resolve();
        await both;
        await store.write(person);
      },
    });
    const outcomes = await Promise.all([change(late, 'sub:otto', 'olga'), change(late, 'sub:olga', 'otto')]);
    expect(outcomes).toContainEqual(expect.objectContaining({ ok: false, code: 'conflict' }));
    const owners = (await people.list()).filter(({ role }) => role === 'owner');
    expect(owners).toHaveLength(outcomes.filter(({ ok }) => !ok).length);
  }
});

it('a removal that failed halfway is repeated', async () => {
  await people.invite('sub:vic', 'operator', 'olga');
  faults = 1;
  await expect(people.remove('sub:vic', 'olga')).rejects.toThrow('MongoDB');
  expect(await people.remove('sub:vic', 'olga')).toMatchObject({ ok: true });
  expect(ended).toEqual(['vic']);
});

it('any number of people whom the claim lets in keep owners from nothing', async () => {
  const one = { role: 'viewer', from: 'claim', removed: false, by: 'claim', at: new Date(0) } as const;
  const many = Array.from({ length: 600 }, (_, i) => ({ ...one, _id: `sub:${i}`, subject: String(i) }));
  await models.Person.insertMany(many);
  expect(await people.invite('sub:zoe', 'owner', 'olga')).toMatchObject({ ok: true });
  expect((await people.list()).map(({ id }) => id)).toContain('sub:zoe');
  expect(await people.firstOwnerKey()).toBeNull();
  expect(await people.remove('sub:zoe', 'olga')).toMatchObject({ ok: false, code: 'conflict' });
  expect(await people.remove('sub:599', 'olga')).toMatchObject({ ok: true });
  expect(await people.remove('sub:98', 'olga')).toMatchObject({ ok: true });
});

it('the first owner, whose node died before it had noted them, becomes it with the next try; no one else does', async () => {
  const fails: PeopleStore = { ...store, write: () => Promise.reject(new Error('the node died')) };
  await expect(open(fails).becomeFirstOwner(claims('olga'))).rejects.toThrow('died');
  expect(await people.becomeFirstOwner(claims('otto'))).toBe(false);
  expect(await people.becomeFirstOwner(claims('olga'))).toBe(true);
});
