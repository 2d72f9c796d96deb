import { createSecretKey, type KeyObject, randomBytes } from 'node:crypto';
import type { Clock, ReceiptKeys } from '../sale/ports.ts';
import { durable } from './durable.ts';
import type { Models, SecretDoc } from './models.ts';
import { readOrMake } from './read-or-make.ts';

const purpose = 'receipt';
const keyBytes = 32;
const readEveryMs = 60_000;
/** A new key signs only after every node has read it, so that every node knows the key of every receipt. */
const knownToAllMs = 3 * readEveryMs;

type Store = Pick<Models, 'Secret'>;

/** The keys that all nodes share. One array for the life of the node; its content changes with the keys. */
export class ReceiptKeyring implements Disposable {
  readonly keys: ReceiptKeys;
  readonly #models: Store;
  readonly #clock: Clock;
  #timer: NodeJS.Timeout | undefined;

  private constructor(models: Store, clock: Clock, keys: ReceiptKeys) {
    this.#models = models;
    this.#clock = clock;
    this.keys = keys;
  }

  /** `clock`: the one by which all nodes go, so that none signs with a key too early because its own is wrong. */
  static async open(models: Store, clock: Clock, onError: (error: unknown) => void): Promise<ReceiptKeyring> {
    const keys = await readOrMake(
      () => read(models, clock.now()),
      () => addReceiptKey(models, clock.now()),
    );
    const keyring = new ReceiptKeyring(models, clock, keys);
    keyring.#timer = setInterval(() => void keyring.refresh().catch(onError), readEveryMs);
    keyring.#timer.unref();
    return keyring;
  }

  async refresh(): Promise<void> {
    const fresh = await read(this.#models, this.#clock.now());
    const keys = this.keys as unknown as KeyObject[];
    if (fresh !== null) keys.splice(0, keys.length, ...fresh);
  }

  [Symbol.dispose](): void {
    clearInterval(this.#timer);
  }
}

/** A new key: known to all nodes in a minute, signing two minutes later. Receipts with earlier keys stay valid. */
export async function addReceiptKey({ Secret }: Store, now: number): Promise<void> {
  const last = await Secret.findOne({ purpose }).sort({ _id: -1 }).lean<SecretDoc>();
  const number = last === null ? 1 : Number(last._id.slice(purpose.length + 1)) + 1;
  await new Secret({
    _id: `${purpose}:${String(number).padStart(4, '0')}`,
    purpose,
    key: randomBytes(keyBytes).toString('base64'),
    at: new Date(now),
  }).save(durable);
}

/** The one that signs comes first: the newest that is old enough, or the oldest there is. */
async function read({ Secret }: Store, now: number): Promise<ReceiptKeys | null> {
  const stored = await Secret.find({ purpose }).sort({ _id: -1 }).lean<SecretDoc[]>();
  const oldest = stored.at(-1);
  if (oldest === undefined) return null;
  const signing = stored.find(({ at }) => now - at.getTime() >= knownToAllMs) ?? oldest;
  const others = stored.filter(({ _id }) => _id !== signing._id);
  const [first, ...rest] = [signing, ...others].map(({ key }) => createSecretKey(key, 'base64'));
  return [first as KeyObject, ...rest];
}
