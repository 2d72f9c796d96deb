import { createSecretKey, type KeyObject, randomBytes } from 'node:crypto';
import { durable } from './durable.ts';
import type { Models } from './models.ts';
import { readOrMake } from './read-or-make.ts';

const keyBytes = 32;

type Store = Pick<Models, 'Secret'>;

/** The key of a sale's pseudonyms. It never leaves the database: customers get what is derived for them. */
export function saleKey(models: Store, saleId: string): Promise<KeyObject> {
  return keptKey(models, 'seal', saleId);
}

/** Orders keep their numbers for good, so this key is never replaced. */
export function orderNumberKey(models: Store): Promise<KeyObject> {
  return keptKey(models, 'order-number', '1');
}

/** Customers who sign in by e-mail keep their ids for good, so this key is never replaced. */
export function emailCustomerKey(models: Store): Promise<KeyObject> {
  return keptKey(models, 'email-customer', '1');
}

/** A key of the whole shop. The node that needs it first makes it, all others read it. */
async function keptKey({ Secret }: Store, purpose: string, name: string): Promise<KeyObject> {
  const id = `${purpose}:${name}`;
  const { key } = await readOrMake(
    () => Secret.findOne({ _id: id }).lean(),
    () =>
      new Secret({ _id: id, purpose, key: randomBytes(keyBytes).toString('base64'), at: new Date() }).save(
        durable,
      ),
  );
  return createSecretKey(key, 'base64');
}
