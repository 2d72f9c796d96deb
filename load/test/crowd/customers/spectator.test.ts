import type { Sale } from '@flipzon/protocol/schemas.ts';
import { expect, test } from 'vitest';
import { Spectator } from '../../../crowd/customers/spectator.ts';

const snapshot = { id: 's', remaining: 10, seq: 5 } as Sale;

test('keeps the newest count and drops, but counts, an older one', () => {
  const spectator = new Spectator();
  spectator.onSale(snapshot);
  spectator.onStock({ saleId: 's', remaining: 8, seq: 7 }, 0);
  spectator.onStock({ saleId: 's', remaining: 9, seq: 6 }, 1);
  expect(spectator.view).toMatchObject({ saleId: 's', remaining: 8, seq: 7, messages: 2, backwards: 1 });
});

test('a new sale starts afresh, and counts of the old one no longer matter', () => {
  const spectator = new Spectator();
  spectator.onSale(snapshot);
  spectator.onSale({ ...snapshot, id: 't', remaining: 3, seq: 0 });
  spectator.onStock({ saleId: 's', remaining: 1, seq: 99 }, 0);
  expect(spectator.view).toMatchObject({ saleId: 't', remaining: 3, messages: 0, backwards: 0 });
});

test('knows the busiest second', () => {
  const spectator = new Spectator();
  spectator.onSale(snapshot);
  for (const [i, ms] of [0, 500, 1000, 1100, 1999, 3000].entries()) {
    spectator.onStock({ saleId: 's', remaining: 9 - i, seq: 6 + i }, ms);
  }
  expect(spectator.view.messagesPerSecondMax).toBe(3);
});
