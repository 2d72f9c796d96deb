import { readJson, type Storage } from '../../storage.ts';

const key = 'flipzon.receipts';
/** The server accepts this many in one handshake. */
const receiptsMax = 10;

interface KeptReceipt {
  /** Missing in receipts that an earlier version of the page stored. */
  orderId?: string;
  saleId: string;
  customerId: string;
  receipt: string;
}

/** Proof of a claim stays on the device: presented at every connect, it restores a claim that the server has lost. */
export function keepReceipt(storage: Storage, kept: KeptReceipt): void {
  const others = readAll(storage).filter((each) => each.receipt !== kept.receipt);
  storage.write(key, JSON.stringify([kept, ...others].slice(0, receiptsMax)));
}

/** The customer's own, newest first. */
export function receiptsOf(storage: Storage, customerId: string): string[] {
  return readAll(storage)
    .filter((each) => each.customerId === customerId)
    .map((each) => each.receipt);
}

export function receiptFor(storage: Storage, orderId: string): string | null {
  return readAll(storage).find((each) => each.orderId === orderId)?.receipt ?? null;
}

function readAll(storage: Storage): KeptReceipt[] {
  const value = readJson<unknown>(storage, key);
  return Array.isArray(value) ? value.filter(isKept) : [];
}

function isKept(value: Partial<KeptReceipt> | null): value is KeptReceipt {
  return (
    typeof value?.saleId === 'string' &&
    typeof value.customerId === 'string' &&
    typeof value.receipt === 'string'
  );
}
