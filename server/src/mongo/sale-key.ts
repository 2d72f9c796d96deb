import { createSecretKey, type KeyObject, randomBytes } from 'node:crypto';
import { durable } from './durable.ts';
import type { Models } from './models.ts';
import { readOrMake } from './read-or-make.ts';

const purpose = 'seal';
const keyBytes = 32;

/** The key of a sale's pseudonyms. It never leaves the database: customers get what is derived for them. */
export async function saleKey({ Secret }: Pick<Models, 'Secret'>, saleId: string): Promise<KeyObject> {
  const id = `${purpose}:${saleId}`;
  const { key } = await readOrMake(
    () => Secret.findOne({ _id: id }).lean(),
    () =>
      new Secret({ _id: id, purpose, key: randomBytes(keyBytes).toString('base64'), at: new Date() }).save(
        durable,
      ),
  );
  return createSecretKey(key, 'base64');
}
