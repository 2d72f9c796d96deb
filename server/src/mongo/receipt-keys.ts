import { createSecretKey, randomBytes } from 'node:crypto';
import type { ReceiptKeys } from '../sale/ports.ts';
import { isDuplicateKey } from './duplicate-key.ts';
import { durable } from './durable.ts';
import type { Models } from './models.ts';

const purpose = 'receipt';
const keyBytes = 32;

/** The keys that all nodes share, newest first; the first one is made here if there is none. */
export async function receiptKeys({ Secret }: Pick<Models, 'Secret'>): Promise<ReceiptKeys> {
  const stored = await Secret.find({ purpose }).sort({ _id: -1 }).lean();
  const [first, ...others] = stored.map(({ key }) => createSecretKey(key, 'base64'));
  if (first !== undefined) return [first, ...others];
  const key = randomBytes(keyBytes).toString('base64');
  try {
    await new Secret({ _id: `${purpose}:0001`, purpose, key, at: new Date() }).save(durable);
  } catch (error) {
    if (!isDuplicateKey(error)) throw error;
  }
  return receiptKeys({ Secret });
}
