import type { KeyObject } from 'node:crypto';
import type { Role, StaffRole } from '@flipzon/protocol/identity.ts';
import type { Clock } from '../sale/ports.ts';
import type { OperatorLog } from '../sale/store-ports.ts';
import { keysOf } from '../shared/hmac.ts';
import { isSealed, seal } from '../shared/sealed-text.ts';
import { highestRole } from './roles.ts';
import type { Sessions } from './sessions.ts';

/** A person who may use the console, or who no longer may. */
export interface Person {
  /** `sub:` and the provider's id, or `mail:` and an address. */
  id: string;
  role: StaffRole;
  /** `invited` by an owner, with this role; `claim`: the provider gives the role, and this only records it. */
  from: 'invited' | 'claim';
  /** The provider's id of the person, once they have signed in. */
  subject: string | null;
  removed: boolean;
  /** Who invited or removed them last. */
  by: string;
  /** ms since 1970 */
  at: number;
  signedInAt: number | null;
}

export interface PeopleStore {
  /** Under these ids; with `subject`, also those that this account of the provider has used before. */
  find(ids: readonly string[], subject?: string): Promise<Person[]>;
  /** At most `max`, those who are invited first; removed ones not among them. */
  all(max: number): Promise<Person[]>;
  hasOwner(): Promise<boolean>;
  write(person: Person): Promise<void>;
  /** Records that this person has signed in. An owner's decision in the meantime stays. */
  note(person: Person): Promise<void>;
  /** True for the first person to ask, who is the shop's first owner, also when they ask again; false for all others. */
  takeFirst(subject: string, now: number): Promise<boolean>;
}

/** A person who signs in at the console, as the provider describes them. */
export interface StaffClaims {
  subject: string;
  /** Only one that the provider has verified. */
  email: string | null;
  role: Role;
}

export type PeopleOutcome =
  | { ok: true; person: Person }
  | { ok: false; code: 'conflict' | 'not_found'; message: string };

interface Dependencies {
  store: PeopleStore;
  sessions: Pick<Sessions, 'endAllOf'>;
  log: Pick<OperatorLog, 'begin' | 'done'>;
  clock: Clock;
  secrets: readonly string[];
}

const peopleMax = 500;
const firstOwnerMs = 3_600_000;
const firstOwnerPurpose = 'flipzon first owner';

/** Who may use the console: those whom the provider's claim names, and those whom an owner has invited; except those who were removed. */
export class People {
  readonly #deps: Dependencies;
  /** The first one signs. */
  readonly #keys: readonly KeyObject[];

  constructor(deps: Dependencies) {
    this.#deps = deps;
    this.#keys = keysOf(deps.secrets);
  }

  /** The role with which this person is let in; null: none. */
  async signIn(claims: StaffClaims): Promise<StaffRole | null> {
    const { store, clock } = this.#deps;
    const { role, invitations } = await this.#standing(claims);
    if (role === null) return null;
    const signedIn = { subject: claims.subject, signedInAt: clock.now() };
    const [id = ''] = idsOf(claims);
    const noted: Person[] =
      invitations.length > 0
        ? invitations
        : [{ id, role, from: 'claim', removed: false, by: id, at: clock.now(), ...signedIn }];
    for (const person of noted) {
      // One account at a time has an invitation, so that a removal ends all that it was used for.
      if (person.subject !== claims.subject) await this.#end(person);
      await store.note({ ...person, ...signedIn });
    }
    return role;
  }

  /** False: an owner has removed this person, or changed their role, while they signed in. */
  async stillHas(claims: StaffClaims, role: StaffRole): Promise<boolean> {
    return (await this.#standing(claims)).role === role;
  }

  async #standing(claims: StaffClaims): Promise<{ role: StaffRole | null; invitations: Person[] }> {
    const ids = idsOf(claims);
    const known = await this.#deps.store.find(ids, claims.subject);
    if (isOut(known)) return { role: null, invitations: [] };
    const invitations = known.filter(
      ({ id, from, removed }) => from === 'invited' && !removed && ids.includes(id),
    );
    const role = highestRole([claims.role, ...invitations.map((person) => person.role)]);
    return { role: role === 'customer' ? null : role, invitations };
  }

  list(): Promise<Person[]> {
    return this.#deps.store.all(peopleMax);
  }

  /** By address, or by the provider's id. Someone who is there already gets this role, and signs in again for it. */
  async invite(id: string, role: StaffRole, by: string): Promise<PeopleOutcome> {
    const { store, clock } = this.#deps;
    const people = await this.list();
    const [stored = null] = await store.find([id]);
    const before = stored?.removed === false ? stored : null;
    if (before?.from !== 'invited' && people.filter(({ from }) => from === 'invited').length >= peopleMax)
      return refusal('conflict', 'The limit of people is reached. Remove someone and try again.');
    if (before?.role === 'owner' && role !== 'owner' && isLastOwner(people, before)) return lastOwner;
    const person: Person = {
      ...{ id, role, by, from: 'invited', removed: false, at: clock.now() },
      subject: stored?.subject ?? (id.startsWith('sub:') ? id.slice(4) : null),
      signedInAt: stored?.signedInAt ?? null,
    };
    const noted = { id, by, before: before?.role ?? null, after: role };
    if (!(await this.#noted('invite', noted, () => this.#write(person, before)))) return lastOwner;
    if (before !== null) await this.#end(before);
    return { ok: true, person };
  }

  /** With effect at once, on all nodes and open sockets. Safe to repeat, after a failure halfway. */
  async remove(id: string, by: string): Promise<PeopleOutcome> {
    const { store, clock } = this.#deps;
    const [before] = await store.find([id]);
    if (before === undefined) return refusal('not_found', 'Person not found. Check the id.');
    if (before.removed) {
      await this.#end(before);
      return { ok: true, person: before };
    }
    if (isLastOwner(await this.list(), before)) return lastOwner;
    const person = { ...before, removed: true, by, at: clock.now() };
    const noted = { id, by, before: before.role, after: null };
    if (!(await this.#noted('remove', noted, () => this.#write(person, before)))) return lastOwner;
    await this.#end(before);
    return { ok: true, person };
  }

  /** For a link that makes the person who signs in with it the first owner; null where there is an owner. Good for an hour or two. */
  async firstOwnerKey(): Promise<string | null> {
    const [key] = this.#keys;
    if (key === undefined || (await this.#deps.store.hasOwner())) return null;
    // The same on all nodes that start together.
    const until = (Math.floor(this.#deps.clock.now() / firstOwnerMs) + 2) * firstOwnerMs;
    return seal(firstOwnerPurpose, '', until, key);
  }

  isFirstOwnerKey(key: string): boolean {
    return isSealed(firstOwnerPurpose, '', key, { keys: this.#keys, now: this.#deps.clock.now() });
  }

  /** False: another person was faster, or there is an owner by now. */
  async becomeFirstOwner(claims: StaffClaims): Promise<boolean> {
    const { store, clock } = this.#deps;
    if ((await this.firstOwnerKey()) === null) return false;
    if (!(await store.takeFirst(claims.subject, clock.now()))) return false;
    const [id = ''] = idsOf(claims);
    const changed = { id, by: claims.subject, before: null, after: 'owner' } as const;
    const owner: Person = {
      ...{ id, role: 'owner', from: 'invited', removed: false },
      ...{ subject: claims.subject, by: claims.subject, at: clock.now(), signedInAt: null },
    };
    return this.#noted('invite', changed, () => this.#write(owner, null));
  }

  /**
   * False, and nothing has changed: the shop would have no owner. Two owners who remove each other at the same moment each see the other
   * one as the owner who remains. Both write before they look again, so at least one of them sees that no owner is left.
   */
  async #write(person: Person, before: Person | null): Promise<boolean> {
    const { store } = this.#deps;
    await store.write(person);
    if (before === null || !isOwner(before) || isOwner(person)) return true;
    if ((await this.list()).some(isOwner)) return true;
    await store.write(before);
    return false;
  }

  async #end({ subject }: Person): Promise<void> {
    if (subject !== null) await this.#deps.sessions.endAllOf({ door: 'operator', subject });
  }

  /** What `act` says; a change that was not made stays begun in the log. */
  async #noted(
    action: 'invite' | 'remove',
    { id: person, by, before, after }: { id: string; by: string; before: Role | null; after: Role | null },
    act: () => Promise<boolean>,
  ): Promise<boolean> {
    const { log, clock } = this.#deps;
    const at = clock.now();
    const id = `${action}:${person}:${at}`;
    const changes = [
      { field: 'person', before: null, after: person.slice(person.indexOf(':') + 1) },
      { field: 'role', before, after },
    ];
    await log.begin({ id, saleId: null, action, by, at, reason: null, changes });
    if (!(await act())) return false;
    await log.done(id);
    return true;
  }
}

function idsOf({ subject, email }: StaffClaims): string[] {
  return [`sub:${subject}`, ...(email === null ? [] : [mailId(email)])];
}

export function mailId(email: string): string {
  return `mail:${email.trim().toLowerCase()}`;
}

/** What an owner decided last counts, under whichever id. */
function isOut(known: readonly Person[]): boolean {
  const lastOf = (removed: boolean) =>
    Math.max(
      0,
      ...known
        .filter((person) => person.removed === removed && (removed || person.from === 'invited'))
        .map(({ at }) => at),
    );
  const removedAt = lastOf(true);
  return removedAt > 0 && removedAt >= lastOf(false);
}

/** Owners by the provider's claim do not count: the shop can't know whether they still are. */
function isOwner({ role, from, removed }: Person): boolean {
  return role === 'owner' && from === 'invited' && !removed;
}

function isLastOwner(people: readonly Person[], person: Person): boolean {
  const owners = people.filter(isOwner);
  return owners.length === 1 && owners[0]?.id === person.id;
}

const lastOwner = refusal('conflict', 'This is the last owner. Invite another owner first.');

function refusal(code: 'conflict' | 'not_found', message: string): PeopleOutcome {
  return { ok: false, code, message };
}
