import { readJson, type Storage } from '../../storage.ts';

const key = 'flipzon.access';

/** What a redeemed access code gave; it is good for this customer in this sale only. */
export interface KeptAccess {
  saleId: string;
  customerId: string;
  access: string;
}

export function keepAccess(storage: Storage, kept: KeptAccess): void {
  storage.write(key, JSON.stringify(kept));
}

export function keptAccess(storage: Storage, saleId?: string, customerId?: string): string | null {
  const kept = readJson<KeptAccess>(storage, key);
  const isTheirs = kept !== null && kept.saleId === saleId && kept.customerId === customerId;
  return isTheirs && typeof kept.access === 'string' ? kept.access : null;
}
