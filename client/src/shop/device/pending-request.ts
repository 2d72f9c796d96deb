import { readJson, type Storage } from '../../storage.ts';

const key = 'flipzon.pending';
/** An older press is no longer repeated; an `order` event brings its result. */
const pendingMsMax = 10 * 60 * 1000;

export interface PendingRequest {
  saleId: string;
  customerId: string;
  requestId: string;
  variant?: string | undefined;
  pressedServerMs: number;
}

/** The press that has no answer yet, so that a reload, or a second tab, asks for the same one again and not for another. */
export function keepPending(storage: Storage, pending: PendingRequest): void {
  storage.write(key, JSON.stringify(pending));
}

/** Of this customer, in whichever sale it was. */
export function findPending(storage: Storage, customerId: string, serverMs: number): PendingRequest | null {
  const pending = readPending(storage);
  const fresh = pending !== null && Math.abs(serverMs - pending.pressedServerMs) <= pendingMsMax;
  return fresh && pending.customerId === customerId ? pending : null;
}

export function forgetPending(storage: Storage, requestId: string): void {
  if (readPending(storage)?.requestId === requestId) {
    storage.remove(key);
  }
}

function readPending(storage: Storage): PendingRequest | null {
  const value = readJson<PendingRequest>(storage, key);
  const complete =
    typeof value?.saleId === 'string' &&
    typeof value.customerId === 'string' &&
    typeof value.requestId === 'string' &&
    typeof value.pressedServerMs === 'number';
  return complete ? (value as PendingRequest) : null;
}
