import { LRUCache } from 'lru-cache';
import type { EmailCodeStore, SentCode } from '../identity/email-codes.ts';
import type { CustomerAddresses } from '../identity/sign-in.ts';
import { unlessThere } from './duplicate-key.ts';
import { durable } from './durable.ts';
import type { CustomerAddressDoc, EmailCodeDoc, EmailCodeModels, MailSlotDoc } from './email-code-models.ts';

/** Limits of at most this many slots are tried from the first slot, so that freed slots are found. */
const triedFromFirstMax = 10;
/** Other nodes take slots at the same time. */
const attemptsMax = 20;
const keysRememberedMax = 10_000;
/** Of one key; fewer mails wait at a time. */
const freedMax = 2_000;
const usualLanguage = 'en';

export function createEmailCodeStore(models: EmailCodeModels): EmailCodeStore {
  const { EmailCode, EmailCodeTry, CustomerAddress } = models;
  const take = (_id: string, expiresAt: number) =>
    unlessThere(new EmailCodeTry({ _id, expiresAt: new Date(expiresAt) }).save(durable));
  const addressOf: EmailCodeStore['addressOf'] = async (customerId) => {
    const doc = await CustomerAddress.findOne({ _id: customerId }).lean<CustomerAddressDoc>();
    if (doc === null) return null;
    const { address, language = usualLanguage, since } = doc;
    return { address, language, since: since.getTime() };
  };
  return {
    ...createSlots(models),
    addressOf,
    async add({ id: _id, expiresAt, ...code }) {
      await new EmailCode({ _id, ...code, expiresAt: new Date(expiresAt) }).save(durable);
    },
    async find(id) {
      const doc = await EmailCode.findOne({ _id: id }).lean<EmailCodeDoc>();
      if (doc === null) return null;
      const { customerId, address, mac, language = usualLanguage, expiresAt } = doc;
      return { id, customerId, address, mac, language, expiresAt: expiresAt.getTime() };
    },
    async takeTry({ id, expiresAt }: SentCode, max) {
      for (let number = 1; number <= max; number++)
        if (await take(`${id}:${number}`, expiresAt)) return max - number;
      return null;
    },
    use: ({ id, expiresAt }) => take(`${id}:used`, expiresAt),
    async keepAddress(customerId, first) {
      const { address, language, since } = first;
      const made = new CustomerAddress({ _id: customerId, address, language, since: new Date(since) }).save(
        durable,
      );
      if (await unlessThere(made)) return first;
      const kept = (await addressOf(customerId)) ?? first;
      if (kept.address === address && kept.language !== language)
        await CustomerAddress.updateOne({ _id: customerId }, { $set: { language } });
      return kept;
    },
    async forgetExpired(now) {
      const expired = { expiresAt: { $lte: new Date(now) } };
      await Promise.all([
        EmailCode.deleteMany(expired),
        EmailCodeTry.deleteMany(expired),
        models.MailSlot.deleteMany(expired),
      ]);
    },
  };
}

export function createCustomerAddresses({
  CustomerAddress,
}: Pick<EmailCodeModels, 'CustomerAddress'>): CustomerAddresses {
  return {
    async set(_id, address, language, now) {
      const made = new CustomerAddress({ _id, address, language, since: new Date(now) }).save(durable);
      if (await unlessThere(made)) return;
      await CustomerAddress.updateOne({ _id }, { $set: { address, language } }, { writeConcern: durable });
    },
  };
}

function createSlots({ MailSlot }: EmailCodeModels): Pick<EmailCodeStore, 'takeSlot' | 'freeSlot'> {
  /** The highest number that this node knows to be taken. */
  const taken = new LRUCache<string, number>({ max: keysRememberedMax });
  /** Lower ones that this node has freed since: without them, a mail server that is down for minutes would use up the shop's whole day. */
  const freed = new LRUCache<string, number[]>({ max: keysRememberedMax });
  const slotOf = (key: string, number: number) => `${key}:${String(number).padStart(8, '0')}`;
  const insert = async (key: string, number: number, expiresAt: number): Promise<string | null> => {
    const _id = slotOf(key, number);
    return (await unlessThere(new MailSlot({ _id, expiresAt: new Date(expiresAt) }).save(durable)))
      ? _id
      : null;
  };
  const highest = async (key: string): Promise<number> => {
    const doc = await MailSlot.findOne({ _id: { $gt: `${key}:`, $lt: `${key};` } })
      .sort({ _id: -1 })
      .lean<MailSlotDoc>();
    return doc === null ? 0 : Number(doc._id.slice(key.length + 1));
  };
  return {
    async takeSlot(key, max, expiresAt) {
      if (max <= triedFromFirstMax) {
        for (let number = 1; number <= max; number++) {
          const slot = await insert(key, number, expiresAt);
          if (slot !== null) return slot;
        }
        return null;
      }
      for (let attempt = 0; attempt < attemptsMax; attempt++) {
        const again = freed.get(key)?.pop();
        const number = again ?? (taken.get(key) ?? 0) + 1;
        if (number > max) return null;
        // Set before the answer, so that concurrent requests try different slots.
        if (again === undefined) taken.set(key, number);
        const slot = await insert(key, number, expiresAt);
        if (slot !== null) return slot;
        taken.set(key, Math.max(taken.get(key) ?? 0, await highest(key)));
      }
      return null;
    },
    async freeSlot(slot) {
      await MailSlot.deleteOne({ _id: slot }, durable);
      const end = slot.lastIndexOf(':');
      const key = slot.slice(0, end);
      const numbers = freed.get(key) ?? [];
      if (!taken.has(key) || numbers.length >= freedMax) return;
      numbers.push(Number(slot.slice(end + 1)));
      freed.set(key, numbers);
    },
  };
}
