import { type KeyObject, randomBytes } from 'node:crypto';
import type { Door, Role } from '@flipzon/protocol/identity.ts';
import type { Clock } from '../sale/ports.ts';
import { hmacSha256, isMacOf, keysOf } from '../shared/hmac.ts';

export interface SessionOf {
  door: Door;
  /** The customer's or the operator's id. */
  subject: string;
  role: Role;
  /** ms since 1970, where the provider says it. */
  accountCreatedAt: number | null;
}

export interface Session extends SessionOf {
  id: string;
  /** ms since 1970 */
  expiresAt: number;
}

/**
 * Sessions in MongoDB. A session's refreshes are numbered turns, each a document of its own: of two nodes that begin the same turn, one
 * insert succeeds.
 */
export interface SessionStore {
  /** With its first turn. The oldest sessions of this person beyond `max` end. */
  begin(session: Session, now: number, max: number): Promise<void>;
  find(id: string): Promise<Session | null>;
  /** When these turns of the session began; those that are missing were not, or are long over. */
  turns(id: string, numbers: readonly number[]): Promise<Map<number, number>>;
  /** Begins a turn, unless another node has, and forgets the turn `forget`. */
  turn(session: Session, number: number, now: number, forget: number): Promise<void>;
  /** Ends a session; with `rememberUntil`, the tokens that it has given out are refused until then. */
  end(id: string, rememberUntil: number | null): Promise<void>;
  idsOf(person: { door: Door; subject: string }): Promise<string[]>;
  /** Deletes what counts as gone. */
  forgetExpired(now: number): Promise<void>;
  /** Ended sessions whose tokens are still refused. */
  ended(now: number): Promise<string[]>;
}

export interface IssuedToken {
  token: string;
  expiresAt: number;
}

export interface Refreshed extends IssuedToken {
  door: Door;
  /** The cookie's new value, and for how long it is good. */
  cookie: string;
  seconds: number;
}

interface Dependencies {
  store: SessionStore;
  clock: Clock;
  secrets: readonly string[];
  issue(session: Session, now: number): Promise<IssuedToken>;
  /** Every node is to read the ended sessions. */
  announceEnded(): Promise<void>;
}

const dayMs = 86_400_000;
const sessionMs: Record<Door, number> = { customer: 30 * dayMs, operator: dayMs / 2 };
const sessionsPerPersonMax = 10;
/** A token of an ended session is refused for this long: longer than any is good for. */
const rememberMs = 3_600_000;
/** Several tabs that refresh at once, or a reload that lost the answer, come with the same cookie within this time. */
const sameTurnMs = 60_000;
/** A turn is not over before: reloads that follow each other write nothing. */
const turnMsMin = 30_000;
/** Turns that can begin within `sameTurnMs`, and one more. */
const turnsKept = 4;
const idPattern = /^([\w-]{22})\.([1-9]\d{0,8})\.([\w-]{43})$/;

/**
 * Sign-ins that last. The cookie says session and turn, under a MAC, so nothing that is in MongoDB can be used as one. Each refresh gives
 * out the cookie of the next turn; a cookie of a turn that is over was copied, and ends the session.
 */
export class Sessions {
  readonly #deps: Dependencies;
  /** The first one signs. */
  readonly #keys: readonly KeyObject[];

  constructor(deps: Dependencies) {
    this.#deps = deps;
    this.#keys = keysOf(deps.secrets);
  }

  async begin(person: SessionOf): Promise<Refreshed> {
    const now = this.#deps.clock.now();
    const id = randomBytes(16).toString('base64url');
    const session: Session = { ...person, id, expiresAt: now + sessionMs[person.door] };
    await this.#deps.store.begin(session, now, sessionsPerPersonMax);
    return this.#answer(session, 1, now);
  }

  /** Null: the cookie is not valid, so the person has to sign in. */
  async refresh(door: Door, cookie: string): Promise<Refreshed | null> {
    const { store, clock } = this.#deps;
    const given = await this.#read(door, cookie);
    if (given === null) return null;
    const { session, turn } = given;
    const now = clock.now();
    const began = await store.turns(session.id, [turn, turn + 1]);
    const since = began.get(turn);
    const next = began.get(turn + 1);
    if (since === undefined || (next !== undefined && now - next > sameTurnMs)) {
      await this.#end([session.id]);
      return null;
    }
    if (next === undefined && now - since < turnMsMin) return this.#answer(session, turn, now);
    if (next === undefined) await store.turn(session, turn + 1, now, turn + 1 - turnsKept);
    return this.#answer(session, turn + 1, now);
  }

  /**
   * Ends the session of this cookie; with `everywhere`, all of the person's, and what they are connected with. An operator's token ends with
   * its session. A customer's runs out by itself, within minutes: many sign out at the end of a sale, and each ended token is announced.
   */
  async signOut(door: Door, cookie: string, everywhere: boolean): Promise<void> {
    const given = await this.#read(door, cookie);
    if (given === null) return;
    const { session } = given;
    if (everywhere) await this.endAllOf(session);
    else if (door === 'operator') await this.#end([session.id]);
    else await this.#deps.store.end(session.id, null);
  }

  async endAllOf(person: { door: Door; subject: string }): Promise<void> {
    await this.#end(await this.#deps.store.idsOf(person));
  }

  async #end(ids: readonly string[]): Promise<void> {
    const until = this.#deps.clock.now() + rememberMs;
    for (const id of ids) await this.#deps.store.end(id, until);
    if (ids.length > 0) await this.#deps.announceEnded();
  }

  async #answer(session: Session, turn: number, now: number): Promise<Refreshed> {
    const mac = hmacSha256(this.#keys[0] as KeyObject, signedText(session.id, turn));
    return {
      ...(await this.#deps.issue(session, now)),
      door: session.door,
      cookie: `${session.id}.${turn}.${mac.toString('base64url')}`,
      seconds: Math.floor((session.expiresAt - now) / 1000),
    };
  }

  async #read(door: Door, cookie: string): Promise<{ session: Session; turn: number } | null> {
    const [, id = '', number = '', mac = ''] = idPattern.exec(cookie) ?? [];
    const turn = Number(number);
    if (!isMacOf(signedText(id, turn), mac, this.#keys)) return null;
    const session = await this.#deps.store.find(id);
    const isGood = session !== null && session.door === door && session.expiresAt > this.#deps.clock.now();
    return isGood ? { session, turn } : null;
  }
}

function signedText(id: string, turn: number): string {
  return `flipzon session\n${id}\n${turn}`;
}
