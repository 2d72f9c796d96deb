import { contrastMin, type Unreadable, unreadableOf } from '@flipzon/protocol/colours.ts';
import type { OperatorAction } from '@flipzon/protocol/operator.ts';
import type { Image } from '@flipzon/protocol/product.ts';
import { noSettings, type SettingsBody, type ShopShown } from '@flipzon/protocol/settings.ts';
import type { Announcer, Clock } from '../sale/ports.ts';
import type { OperatorLog } from '../sale/store-ports.ts';
import { Reread } from '../shared/reread.ts';
import { readSettings } from './read-settings.ts';

/** One version of the settings; the highest is in force. */
export interface SettingsRevision {
  version: number;
  settings: ShopShown;
  by: string;
  /** ms since 1970 */
  at: number;
  changes: OperatorAction['changes'];
}

/** As MongoDB has it; unchecked. */
export type StoredSettings = Omit<SettingsRevision, 'settings'> & { settings: unknown };

export interface SettingsStore {
  newest(): Promise<StoredSettings | null>;
  /** False: another owner has made this version. */
  add(revision: SettingsRevision): Promise<boolean>;
}

export type SettingsOutcome =
  | { ok: true; revision: SettingsRevision }
  | { ok: false; code: 'invalid_request' | 'unreadable_colours' | 'conflict'; message: string };

interface Dependencies {
  store: SettingsStore;
  images: { byIds(ids: readonly string[]): Promise<Image[]> };
  log: Pick<OperatorLog, 'begin' | 'done'>;
  clock: Clock;
  announcer: Announcer;
  onError: (error: unknown) => void;
}

const none: SettingsRevision = { version: 0, settings: noSettings, by: '', at: 0, changes: [] };

/** What the shop says about itself: in memory on every node, changed by owners, each change a new version. */
export class ShopSettings implements Disposable {
  readonly #deps: Dependencies;
  readonly #known: Reread<SettingsRevision>;
  #logged = 0;
  /** The version whose unusable parts were reported last. */
  #reported = 0;

  constructor(deps: Dependencies) {
    this.#deps = deps;
    const { onError } = deps;
    this.#known = new Reread({
      read: async () => {
        const newest = await this.#newest();
        await this.#note(newest).catch(onError);
        // The same object while nothing has changed: what is drawn from it is kept.
        return newest.version === this.#known.value.version ? this.#known.value : newest;
      },
      first: none,
      onError,
    });
  }

  get current(): SettingsRevision {
    return this.#known.value;
  }

  get shown(): ShopShown {
    return this.current.settings;
  }

  /** Reads them now, and again at intervals. */
  refresh(): Promise<void> {
    return this.#known.refresh();
  }

  /** Null for `expectedVersion`: whatever the version is. */
  async change(body: SettingsBody, expectedVersion: number | null, by: string): Promise<SettingsOutcome> {
    const { store, clock, announcer, onError } = this.#deps;
    const before = await this.#newest();
    if (expectedVersion !== null && expectedVersion !== before.version) return conflict;
    const logo = await this.#logoOf(body.logo, before.settings.logo);
    if (logo === undefined) return noLogo;
    const settings = merged(before.settings, body, logo);
    const unreadable = unreadableOf(settings.colours);
    if (unreadable !== null)
      return {
        ok: false,
        code: 'unreadable_colours',
        message: unreadableMessage(unreadable, settings.colours[unreadable.colour] ?? ''),
      };
    const changes = changesBetween(before.settings, settings);
    if (changes.length === 0) return { ok: true, revision: before };
    const revision = { version: before.version + 1, settings, by, at: clock.now(), changes };
    if (!(await store.add(revision))) return conflict;
    await this.refresh().catch(onError);
    // Nodes that miss the announcement read it a few seconds later.
    await announcer.announce('settings').catch(onError);
    return { ok: true, revision };
  }

  async #newest(): Promise<SettingsRevision> {
    const { store, onError } = this.#deps;
    const stored = await store.newest();
    if (stored === null) return none;
    const { settings, unusable } = readSettings(stored.settings);
    if (unusable.length > 0 && stored.version !== this.#reported) {
      this.#reported = stored.version;
      const parts = unusable.join(', ');
      onError(
        new Error(
          `version ${stored.version} of the settings has parts that cannot be shown: ${parts}. The built-in ones are shown until an owner saves others`,
        ),
      );
    }
    return { ...stored, settings };
  }

  /** Undefined: there is no such image. */
  async #logoOf(id: string | null | undefined, before: Image | null): Promise<Image | null | undefined> {
    if (id === undefined || id === before?.id) return before;
    if (id === null) return null;
    const [image] = await this.#deps.images.byIds([id]);
    return image;
  }

  /** Every node logs the version that it reads, so that no crash leaves a change out; the entry's id is the version, so there is one entry. */
  async #note({ version, by, at, changes }: SettingsRevision): Promise<void> {
    if (version <= this.#logged) return;
    const { log } = this.#deps;
    const id = `settings:${version}`;
    await log.begin({ id, saleId: null, action: 'settings', by, at, reason: null, changes });
    await log.done(id);
    this.#logged = version;
  }

  [Symbol.dispose](): void {
    this.#known[Symbol.dispose]();
  }
}

function merged(before: ShopShown, body: SettingsBody, logo: Image | null): ShopShown {
  return {
    name: body.name === undefined ? before.name : body.name,
    logo,
    colours: over(before.colours, body.colours),
    links: over(before.links, body.links),
    contact: over(before.contact, body.contact),
    delivery: body.delivery ?? before.delivery,
    next: over(before.next, body.next),
  };
}

type Given<Group> = { [Key in keyof Group]?: Group[Key] | undefined };

function over<Group extends object>(before: Group, given: Given<Group> = {}): Group {
  const set = Object.entries(given).filter(([, value]) => value !== undefined);
  return { ...before, ...Object.fromEntries(set) };
}

/** By field, as the log shows them. */
function changesBetween(before: ShopShown, after: ShopShown): OperatorAction['changes'] {
  const earlier = flat(before);
  return Object.entries(flat(after)).flatMap(([field, value]) =>
    value === earlier[field] ? [] : [{ field, before: earlier[field] ?? null, after: value }],
  );
}

function flat({
  name,
  logo,
  colours,
  links,
  contact,
  delivery,
  next,
}: ShopShown): Record<string, string | null> {
  return {
    ...{ shopName: name, logo: logo?.id ?? null, ...colours, ...links },
    ...{ contactEmail: contact.email, contactLink: contact.link, delivery },
    ...{ nextText: next.text, nextLink: next.link },
  };
}

const named = { accent: 'buttons', backdrop: 'the background' } as const;

function unreadableMessage({ colour, mode, contrast }: Unreadable, given: string): string {
  // Rounded down: 4.49 is not 4.5.
  const found = Math.floor(contrast * 10) / 10;
  const advice =
    colour === 'accent' ? 'a lighter or darker one' : mode === 'light' ? 'a lighter one' : 'a darker one';
  return `Text on ${named[colour]} in ${given} has a contrast of ${found}:1 in ${mode} mode, less than ${contrastMin}:1. Choose ${advice}.`;
}

const conflict = {
  ok: false,
  code: 'conflict',
  message: 'Another owner has changed the settings. Load them again, then repeat your change.',
} as const;

const noLogo = {
  ok: false,
  code: 'invalid_request',
  message: 'The logo was not found. Upload it with POST /images first.',
} as const;
