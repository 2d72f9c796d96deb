import { createSecretKey, type KeyObject, randomBytes } from 'node:crypto';
import { isDuplicateKey } from './duplicate-key.ts';
import { durable } from './durable.ts';
import type { Models } from './models.ts';

const purpose = 'seal';
const keyBytes = 32;

/** The key of a sale's pseudonyms. It never leaves the database: customers get what is derived for them. */
export async function saleKey({ Secret }: Pick<Models, 'Secret'>, saleId: string): Promise<KeyObject> {
  const id = `${purpose}:${saleId}`;
  const stored = await Secret.findOne({ _id: id }).lean();
  if (stored !== null) return createSecretKey(stored.key, 'base64');
  const key = randomBytes(keyBytes).toString('base64');
  try {
    await new Secret({ _id: id, purpose, key, at: new Date() }).save(durable);
  } catch (error) {
    if (!isDuplicateKey(error)) throw error;
  }
  return saleKey({ Secret }, saleId);
}
