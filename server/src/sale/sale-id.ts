import { randomBytes } from 'node:crypto';

/** Readable, sortable by opening day, and safe as part of a Redis key and of an order's id. */
export function newSaleId(startsAt: number): string {
  const day = new Date(startsAt).toISOString().slice(0, 10).replaceAll('-', '');
  return `${day}-${randomBytes(5).toString('hex')}`;
}
