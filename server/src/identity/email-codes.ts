import { type KeyObject, randomBytes, randomInt } from 'node:crypto';
import type { Clock } from '../sale/ports.ts';
import { hmacSha256, isMacOf, keysOf } from '../shared/hmac.ts';
import { type MailAddress, readMailAddress } from './mail-address.ts';
import type { Refreshed, Sessions } from './sessions.ts';

/** A code that was sent. Nothing in it can be used as the code, or as the cookie of the browser that asked for it. */
export interface SentCode {
  id: string;
  customerId: string;
  /** Where it went. */
  address: string;
  mac: string;
  /** Of the page on which it was asked for. */
  language: string;
  /** ms since 1970 */
  expiresAt: number;
}

/** The address with which a customer signed in first. */
export interface CustomerAddress {
  address: string;
  /** Of the last sign-in with this address; mails to the customer are in it. */
  language: string;
  /** ms since 1970 */
  since: number;
}

/** Codes, tries and slots, each made by one insert, so that they are exact over all nodes. */
export interface EmailCodeStore {
  add(code: SentCode): Promise<void>;
  find(id: string): Promise<SentCode | null>;
  /** How many tries are left after this one; null: there was none left for it. */
  takeTry(code: SentCode, max: number): Promise<number | null>;
  /** False: it has been used. */
  use(code: SentCode): Promise<boolean>;
  /** One of `max` slots under this key; null: all are taken. */
  takeSlot(key: string, max: number, expiresAt: number): Promise<string | null>;
  freeSlot(slot: string): Promise<void>;
  addressOf(customerId: string): Promise<CustomerAddress | null>;
  /** Keeps a customer's first address and their latest language; resolves with both. */
  keepAddress(customerId: string, address: CustomerAddress): Promise<CustomerAddress>;
  /** Deletes what has expired. */
  forgetExpired(now: number): Promise<void>;
}

export interface CodeRate {
  points: number;
  perMs: number;
}

/** `refused`: the mail server does not accept this address, and will not. */
export type SendOutcome = 'sent' | 'refused' | 'unavailable';

export type AskOutcome =
  | { ok: true; cookie: string; expiresAt: number }
  | { ok: false; code: 'invalid_address' | 'address_refused' }
  | { ok: false; code: 'too_many' | 'unavailable'; retryAfterMs: number };

export type EnterOutcome =
  | { ok: true; signedIn: Refreshed }
  | { ok: false; code: 'wrong_code'; triesLeft: number }
  | { ok: false; code: 'code_expired' };

export interface AskedBy {
  /** The network of the client; null: it is not counted. */
  networks: { address: string; subnet: string } | null;
  language: string;
}

interface Dependencies {
  store: EmailCodeStore;
  sessions: Pick<Sessions, 'begin'>;
  clock: Clock;
  /** The first one signs. */
  secrets: readonly string[];
  /** Customers keep their ids for good, so this key is never replaced. */
  customerKey: KeyObject;
  limits: { perNetwork: CodeRate; perSubnet: CodeRate; perDay: number };
  /** More mails are waiting than can be sent soon. */
  isFull(): boolean;
  send(mail: { to: string; code: string; language: string }): Promise<SendOutcome>;
}

export const codeSeconds = 600;
/** All tries of a day at one mailbox, 600, find a code of this length with a chance of 1 in 167,000. */
const digits = 8;
const triesMax = 5;
/** Of one mailbox, however it is spelled. */
const perMailbox: CodeRate = { points: 5, perMs: 3_600_000 };
const dayMs = 86_400_000;
const retryMs = 5_000;

export type EmailCodes = ReturnType<typeof createEmailCodes>;

/** Signing in with a code that is sent by e-mail. The code works only in the browser that asked for it. */
export function createEmailCodes(deps: Dependencies) {
  const { store, clock, customerKey } = deps;
  const keys = keysOf(deps.secrets);
  const macOf = (text: string) => hmacSha256(keys[0] as KeyObject, text).toString('base64url');
  const customerOf = ({ mailbox }: MailAddress) =>
    `mail-${hmacSha256(customerKey, `customer of mailbox\n${mailbox}`).toString('base64url')}`;

  const sendCode = async (address: MailAddress, language: string): Promise<AskOutcome> => {
    const customerId = customerOf(address);
    // All spellings of a mailbox are one customer, so their codes go to the spelling that has proved to be theirs.
    const known = await store.addressOf(customerId);
    const to = known?.address ?? address.address;
    const code = String(randomInt(10 ** digits)).padStart(digits, '0');
    const cookie = randomBytes(32).toString('base64url');
    const expiresAt = clock.now() + codeSeconds * 1000;
    const id = idOf(cookie, customerKey);
    await store.add({
      id,
      customerId,
      address: to,
      mac: macOf(signedText(id, customerId, code)),
      language,
      expiresAt,
    });
    const outcome = await deps.send({ to, code, language });
    if (outcome === 'sent') return { ok: true, cookie, expiresAt };
    if (outcome === 'refused') return { ok: false, code: 'address_refused' };
    return { ok: false, code: 'unavailable', retryAfterMs: retryMs };
  };

  return {
    /** Sends a code. The answer says nothing of whether the address is a customer's. */
    async ask(text: string, { networks, language }: AskedBy): Promise<AskOutcome> {
      const address = readMailAddress(text);
      if (address === null) return { ok: false, code: 'invalid_address' };
      if (deps.isFull()) return { ok: false, code: 'unavailable', retryAfterMs: retryMs };
      const slots = await takeSlots(deps, limitsOf(deps, customerOf(address), networks, customerKey));
      if (!slots.ok) return slots;
      const outcome = await sendCode(address, language);
      // A mail server that is down costs no slot. A refusal does: without a limit, refusals would reveal which addresses exist.
      if (!outcome.ok && outcome.code === 'unavailable')
        for (const slot of slots.taken) await store.freeSlot(slot);
      return outcome;
    },

    async enter(cookie: string | null, typed: string): Promise<EnterOutcome> {
      const sent = cookie === null ? null : await store.find(idOf(cookie, customerKey));
      if (sent === null || sent.expiresAt <= clock.now()) return { ok: false, code: 'code_expired' };
      const triesLeft = await store.takeTry(sent, triesMax);
      if (triesLeft === null) return { ok: false, code: 'code_expired' };
      const code = typed.replace(/[\s-]/g, '');
      if (!isMacOf(signedText(sent.id, sent.customerId, code), sent.mac, keys))
        return triesLeft === 0
          ? { ok: false, code: 'code_expired' }
          : { ok: false, code: 'wrong_code', triesLeft };
      if (!(await store.use(sent))) return { ok: false, code: 'code_expired' };
      const { customerId: subject, address, language } = sent;
      const kept = await store.keepAddress(subject, { address, language, since: clock.now() });
      // Another spelling was shown to be theirs after this code was sent; at some providers that is another person's mailbox.
      if (kept.address !== address) return { ok: false, code: 'code_expired' };
      const { since } = kept;
      const signedIn = await deps.sessions.begin({
        ...{ door: 'customer', subject, role: 'customer', accountCreatedAt: since },
      });
      return { ok: true, signedIn };
    },
  };
}

interface Limit {
  key: string;
  rate: CodeRate;
}

/** The narrowest first, so that one mailbox or network takes nothing from the others after its own share. */
function limitsOf(
  { limits }: Dependencies,
  customerId: string,
  networks: AskedBy['networks'],
  key: KeyObject,
): Limit[] {
  const hidden = (text: string) => hmacSha256(key, `network\n${text}`).toString('base64url').slice(0, 22);
  return [
    { key: `mailbox:${customerId}`, rate: perMailbox },
    ...(networks === null
      ? []
      : [
          { key: `network:${hidden(networks.address)}`, rate: limits.perNetwork },
          { key: `subnet:${hidden(networks.subnet)}`, rate: limits.perSubnet },
        ]),
    { key: 'shop', rate: { points: limits.perDay, perMs: dayMs } },
  ];
}

/** One slot of each limit, for its current window, or none of any. */
async function takeSlots(
  { store, clock }: Dependencies,
  wanted: readonly Limit[],
): Promise<{ ok: true; taken: string[] } | Extract<AskOutcome, { code: 'too_many' | 'unavailable' }>> {
  const taken: string[] = [];
  const now = clock.now();
  for (const { key, rate } of wanted) {
    const window = Math.floor(now / rate.perMs);
    const endsAt = (window + 1) * rate.perMs;
    const slot = await store.takeSlot(`${key}:${window}`, rate.points, endsAt);
    if (slot !== null) taken.push(slot);
    else {
      for (const each of taken) await store.freeSlot(each);
      // The limit of the whole shop is not this visitor's fault.
      const code = key === 'shop' ? 'unavailable' : 'too_many';
      return { ok: false, code, retryAfterMs: endsAt - now };
    }
  }
  return { ok: true, taken };
}

function idOf(cookie: string, key: KeyObject): string {
  return hmacSha256(key, `browser of a code\n${cookie}`).toString('base64url');
}

function signedText(id: string, customerId: string, code: string): string {
  return `flipzon e-mail code\n${id}\n${customerId}\n${code}`;
}
