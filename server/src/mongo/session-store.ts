import type { Session, SessionStore } from '../identity/sessions.ts';
import { unlessThere } from './duplicate-key.ts';
import { durable } from './durable.ts';
import type { SessionDoc, SessionModels, SessionTurnDoc } from './session-models.ts';

/** Every node keeps these in memory. */
const endedOfShopMax = 50_000;

export function createSessionStore(
  { Session, SessionTurn, EndedSession }: SessionModels,
  { endedMax = endedOfShopMax }: { endedMax?: number } = {},
): SessionStore {
  const addTurn = async ({ id, expiresAt }: Session, number: number, now: number) =>
    new SessionTurn({ _id: `${id}:${number}`, at: new Date(now), expiresAt: new Date(expiresAt) }).save(
      durable,
    );
  const end = async (id: string, rememberUntil: number | null): Promise<void> => {
    if (rememberUntil !== null)
      await EndedSession.updateOne(
        { _id: id },
        { $set: { expiresAt: new Date(rememberUntil) } },
        { upsert: true, ...durable },
      );
    await Session.deleteOne({ _id: id }, durable);
  };
  return {
    async begin(session, now, max) {
      const { id, expiresAt, accountCreatedAt, ...person } = session;
      await addTurn(session, 1, now);
      await new Session({
        ...person,
        _id: id,
        accountCreatedAt: accountCreatedAt === null ? null : new Date(accountCreatedAt),
        createdAt: new Date(now),
        expiresAt: new Date(expiresAt),
      }).save(durable);
      const { subject, door } = person;
      const others = await Session.find({ subject, door }, { _id: 1 })
        .sort({ createdAt: -1 })
        .skip(max)
        .lean<SessionDoc[]>();
      for (const { _id } of others) await end(_id, null);
    },
    async find(id) {
      const doc = await Session.findOne({ _id: id }).lean<SessionDoc>();
      if (doc === null) return null;
      const { door, subject, role, accountCreatedAt, expiresAt } = doc;
      return {
        ...{ id, door, subject, role },
        accountCreatedAt: accountCreatedAt?.getTime() ?? null,
        expiresAt: expiresAt.getTime(),
      };
    },
    async turns(id, numbers) {
      const ids = numbers.map((number) => `${id}:${number}`);
      const docs = await SessionTurn.find({ _id: { $in: ids } }).lean<SessionTurnDoc[]>();
      return new Map(docs.map(({ _id, at }) => [Number(_id.slice(id.length + 1)), at.getTime()]));
    },
    async turn(session, number, now, forget) {
      await unlessThere(addTurn(session, number, now));
      if (forget >= 1) await SessionTurn.deleteOne({ _id: `${session.id}:${forget}` }, durable);
    },
    end,
    async idsOf({ door, subject }) {
      const docs = await Session.find({ subject, door }, { _id: 1 }).lean<SessionDoc[]>();
      return docs.map(({ _id }) => _id);
    },
    async forgetExpired(now) {
      const expired = { expiresAt: { $lte: new Date(now) } };
      await Promise.all([
        Session.deleteMany(expired),
        SessionTurn.deleteMany(expired),
        EndedSession.deleteMany(expired),
      ]);
    },
    async ended(now) {
      const docs = await EndedSession.find({ expiresAt: { $gt: new Date(now) } }, { _id: 1 })
        // Beyond the bound, those whose tokens run out first are left out.
        .sort({ expiresAt: -1 })
        .limit(endedMax)
        .lean();
      return docs.map(({ _id }) => _id);
    },
  };
}
