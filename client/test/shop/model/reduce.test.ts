import type { BuyAnswer, Sale } from '@flipzon/protocol/schemas.ts';
import { describe, expect, test } from 'vitest';
import { buyButtonFor } from '../../../src/shop/model/buy-button.ts';
import { deriveState } from '../../../src/shop/model/derive-state.ts';
import type { ClockReading, Model } from '../../../src/shop/model/model.ts';
import { reduce } from '../../../src/shop/model/reduce.ts';
import { viewOf } from '../../../src/shop/model/view.ts';
import { everyState } from '../../_support/every-state.ts';
import { epochMs, iso, modelOf, orderOf, pendingAs, refusedWith, saleOf } from '../../_support/fixtures.ts';

function stock(model: Model, remaining: number, seq: number, now = 0): Model {
  return reduce(model, { type: 'stock', stock: { saleId: 'sale-1', remaining, seq }, now });
}

function answer(model: Model, given: BuyAnswer, requestId = 'r1'): Model {
  return reduce(model, { type: 'answered', requestId, answer: given, now: 100 });
}

describe('stock', () => {
  test('of a seq that is not larger is dropped', () => {
    const model = stock(modelOf(), 700, 300);
    expect(model.sale?.remaining).toBe(700);
    expect(stock(model, 900, 299)).toBe(model);
    expect(stock(model, 900, 300)).toBe(model);
    expect(stock(model, 699, 301).sale?.remaining).toBe(699);
  });

  test('of another sale is dropped', () => {
    const model = modelOf();
    const other = { saleId: 'sale-0', remaining: 1, seq: 999 };
    expect(reduce(model, { type: 'stock', stock: other, now: 0 })).toBe(model);
  });

  test('a snapshot that was overtaken by a stock event keeps the newer count, and brings its status', () => {
    const model = stock(modelOf(), 700, 300);
    const sale = saleOf({ remaining: 800, seq: 200, status: 'paused', serverTime: iso(10) });
    const next = reduce(model, { type: 'sale', sale, now: 0 });
    expect(next.sale).toMatchObject({ remaining: 700, seq: 300, status: 'paused' });
  });

  test('a snapshot older than the one that is shown changes no status', () => {
    const model = modelOf({ sale: saleOf({ status: 'paused', version: 2, serverTime: iso(500) }) });
    const older = saleOf({ version: 1, serverTime: iso(9000) });
    expect(reduce(model, { type: 'sale', sale: older, now: 0 }).sale?.status).toBe('paused');
    const other = saleOf({ id: 'sale-0', number: 0, version: 7, serverTime: iso(9000) });
    expect(reduce(model, { type: 'sale', sale: other, now: 0 }).sale?.id).toBe('sale-1');
  });

  test('an answer that was asked for before the last event changes nothing but the stock', () => {
    const down = reduce(modelOf(), { type: 'sale', sale: saleOf({ available: false }), now: 500 });
    const slow = saleOf({ remaining: 700, seq: 300, available: true });
    const next = reduce(down, { type: 'sale', sale: slow, now: 900, askedAt: 400 });
    expect(next.sale).toMatchObject({ available: false, remaining: 700, seq: 300 });
    expect(reduce(next, { type: 'sale', sale: slow, now: 900, askedAt: 600 }).sale?.available).toBe(true);
  });

  test('the shop’s clock steps back: what is news stays news', () => {
    const told = (model: Model, sale: Sale, now: number) => reduce(model, { type: 'sale', sale, now });
    const down = told(modelOf(), saleOf({ available: false, serverTime: iso(20_000) }), 20_000);
    const up = told(down, saleOf({ remaining: 5, seq: 10_000, serverTime: iso(15_000) }), 21_000);
    expect(up.sale).toMatchObject({ available: true, remaining: 5 });
    const gone = told(up, saleOf({ available: false, seq: 10_000, serverTime: iso(16_000) }), 22_000);
    expect(gone.sale?.available).toBe(false);
    const paused = saleOf({ status: 'paused', version: 2, seq: 10_000, serverTime: iso(17_000) });
    expect(told(gone, paused, 23_000).sale?.status).toBe('paused');
    const next = saleOf({ id: 'sale-2', number: 2, version: 1, seq: 0, serverTime: iso(18_000) });
    expect(told(gone, next, 24_000).sale?.id).toBe('sale-2');
  });

  test('the moment of selling out is what the server says, and until it does, what the page saw', () => {
    const seen = stock(modelOf(), 0, 1000, 4200);
    expect(seen.soldOutServerMs).toBe(epochMs + 4200);
    const sale = saleOf({ remaining: 0, seq: 1000, soldOutAt: iso(4100) });
    for (const model of [seen, modelOf({ sale: null })]) {
      const told = reduce(model, { type: 'sale', sale, now: 9000 });
      expect(told.soldOutServerMs).toBe(epochMs + 4100);
      // Units came back and were sold again: at another moment, which the page does not know yet.
      const back = stock(told, 1, 1001, 10_000);
      expect(back.soldOutServerMs).toBeNull();
      expect(stock(back, 0, 1002, 11_000).soldOutServerMs).toBe(epochMs + 11_000);
    }
    const unknown = saleOf({ remaining: 0, seq: 1000 });
    expect(
      reduce(modelOf({ sale: null }), { type: 'sale', sale: unknown, now: 0 }).soldOutServerMs,
    ).toBeNull();
  });

  test('a restock ends “lost” for good', () => {
    const lost = modelOf({ sale: saleOf({ remaining: 0, seq: 1000 }), attempt: refusedWith('sold_out') });
    const restocked = stock(lost, 5, 1001, 60_000);
    expect(deriveState(restocked, 60_000)).toBe('live');
    expect(deriveState(stock(restocked, 0, 1006, 61_000), 61_000)).toBe('sold_out');
  });
});

describe('orders', () => {
  test('an older answer never takes back what is shown', () => {
    const confirmed = reduce(modelOf(), { type: 'order', order: orderOf({ status: 'confirmed' }) });
    const after = reduce(confirmed, { type: 'order', order: orderOf({ status: 'claimed' }) });
    expect(deriveState(after, 0)).toBe('confirmed');
    const revoked = reduce(after, { type: 'order', order: orderOf({ status: 'revoked' }) });
    const late = reduce(revoked, { type: 'order', order: orderOf({ status: 'confirmed' }) });
    expect(deriveState(late, 0)).toBe('revoked');
  });

  test('a new claim under the same id replaces one that was taken back', () => {
    const revoked = modelOf({ orders: [orderOf({ status: 'revoked' })] });
    // On another Redis, whose clock is behind.
    const again = orderOf({ unit: 9, seq: 1_000_000_358, claimedAt: iso(-5000) });
    const model = reduce(revoked, { type: 'order', order: again });
    expect(deriveState(model, 0)).toBe('claimed');
    expect(model.orders).toEqual([again]);
  });

  test('the order is the answer to a press whose answer was lost', () => {
    const model = modelOf({ attempt: pendingAs('unknown') });
    expect(reduce(model, { type: 'order', order: orderOf() }).attempt).toBeNull();
  });

  test('an order taken back is not hidden by an earlier refusal', () => {
    const model = modelOf({ orders: [orderOf()], attempt: refusedWith('already_purchased') });
    const next = reduce(model, { type: 'order', order: orderOf({ status: 'revoked' }) });
    expect(deriveState(next, 0)).toBe('revoked');
  });
});

describe('answers', () => {
  test('ok shows the order', () => {
    const model = answer(modelOf({ attempt: pendingAs('claiming') }), {
      ok: true,
      order: orderOf(),
      receipt: 'r',
    });
    expect(deriveState(model, 100)).toBe('claimed');
  });

  test('to another request change nothing but the orders', () => {
    const model = modelOf({ attempt: pendingAs('claiming') });
    const next = answer(model, { ok: false, code: 'sold_out', message: '' }, 'r0');
    expect(next.attempt).toBe(model.attempt);
  });

  test('a rate limit decides a first ask, but not one whose earlier ask may have claimed', () => {
    const refusal = { ok: false, code: 'too_many_requests', message: '', retryAfterMs: 900 } as const;
    expect(deriveState(answer(modelOf({ attempt: pendingAs('claiming') }), refusal), 100)).toBe(
      'rate_limited',
    );
    expect(deriveState(answer(modelOf({ attempt: pendingAs('unknown') }), refusal), 100)).toBe('unknown');
  });

  test('unavailable keeps the press open', () => {
    const refusal = { ok: false, code: 'unavailable', message: '' } as const;
    const model = answer(modelOf({ attempt: pendingAs('claiming') }), refusal);
    expect(deriveState(model, 100)).toBe('unavailable');
    expect(model.attempt?.requestId).toBe('r1');
  });

  test('unauthenticated asks to sign in, and forgets whose page it was', () => {
    const refusal = { ok: false, code: 'unauthenticated', message: '' } as const;
    const model = answer(modelOf({ attempt: pendingAs('claiming'), orders: [orderOf()] }), refusal);
    expect(deriveState(model, 100)).toBe('signed_out');
    expect(model).toMatchObject({ customer: null, orders: [], attempt: null });
  });

  test('already purchased shows the order that came with it', () => {
    const refusal = { ok: false, code: 'already_purchased', message: '', order: orderOf() } as const;
    const model = answer(modelOf({ attempt: pendingAs('claiming') }), refusal);
    expect(deriveState(model, 100)).toBe('already_purchased');
    expect(model.orders).toEqual([orderOf()]);
  });
});

describe('clock', () => {
  function read(model: Model, reading: ClockReading, deviceMs = epochMs): Model {
    return reduce(model, { type: 'clock', reading, deviceMs, now: 0 });
  }

  test('a wide reading that agrees does not move a narrow one', () => {
    const model = modelOf();
    const wide = { offsetMs: epochMs + 90, rttMs: 200, source: 'round_trips' } as const;
    expect(read(model, wide).clock).toEqual(model.clock);
  });

  test('a reading that disagrees is believed, however wide', () => {
    const set = { offsetMs: epochMs + 5000, rttMs: 200, source: 'round_trips' } as const;
    expect(read(modelOf(), set).clock).toEqual(set);
  });

  test('round trips replace the first snapshot’s reading, and it never replaces them', () => {
    const status = { offsetMs: epochMs + 40, rttMs: 1, source: 'status' } as const;
    const trips = { offsetMs: epochMs, rttMs: 30, source: 'round_trips' } as const;
    const first = read(modelOf({ clock: null }), status);
    expect(first.clock).toEqual(status);
    expect(read(first, trips).clock).toEqual(trips);
    expect(read(read(first, trips), status).clock).toEqual(trips);
  });

  test('shows how far the device is off', () => {
    const reading = { offsetMs: epochMs, rttMs: 2, source: 'round_trips' } as const;
    expect(read(modelOf(), reading, epochMs + 7000).deviceSkewMs).toBe(7000);
  });
});

describe('how old the count is', () => {
  test('runs from the break, since silence before it meant no change', () => {
    const broken = reduce(modelOf(), { type: 'disconnected', silent: false, now: 60_000 });
    expect(broken).toMatchObject({ disconnectedAt: 60_000, freshAt: 60_000 });
    const still = reduce(broken, { type: 'disconnected', silent: false, now: 70_000 });
    expect(still).toMatchObject({ disconnectedAt: 60_000, freshAt: 60_000 });
  });

  test('runs from the last news where the line had gone silent', () => {
    expect(reduce(modelOf(), { type: 'disconnected', silent: true, now: 60_000 }).freshAt).toBe(0);
  });

  test('runs from going offline', () => {
    expect(reduce(modelOf(), { type: 'online', online: false, now: 60_000 }).freshAt).toBe(60_000);
  });
});

test('another sale drops the press that was made in the old one', () => {
  const model = modelOf({ attempt: pendingAs('unknown') });
  const sale = saleOf({ id: 'sale-2', serverTime: iso(1) });
  expect(reduce(model, { type: 'sale', sale, now: 0 }).attempt).toBeNull();
});

test('signing out forgets the orders', () => {
  const model = modelOf({ orders: [orderOf()] });
  expect(reduce(model, { type: 'signed_out', expired: false })).toMatchObject({ customer: null, orders: [] });
});

describe('a shop that is not sure of its count', () => {
  const down = { available: false, serverTime: iso(1) };

  test('blocks Buy in a live sale, marks the count with its age, and opens again by itself', () => {
    const before = modelOf({ sale: saleOf({ remaining: 600, seq: 400 }) });
    const outage = reduce(before, {
      type: 'sale',
      sale: saleOf({ remaining: 600, seq: 400, ...down }),
      now: 5000,
    });
    expect(deriveState(outage, 5000)).toBe('unavailable');
    expect(buyButtonFor(outage, 5000)).toEqual({ label: 'checking', enabled: false });
    expect(viewOf(outage, 9000)).toMatchObject({ stale: 'unavailable', model: { freshAt: 5000 } });
    const later = reduce(outage, {
      type: 'sale',
      sale: saleOf({ remaining: 600, seq: 400, ...down, serverTime: iso(8000) }),
      now: 8000,
    });
    expect(later.freshAt).toBe(5000);
    const back = reduce(later, {
      type: 'sale',
      sale: saleOf({ seq: 400, serverTime: iso(9000) }),
      now: 9000,
    });
    expect(deriveState(back, 9000)).toBe('live');
    expect(viewOf(back, 9000)).toMatchObject({ stale: null, model: { freshAt: 9000 } });
  });

  test('does not make its count fresh by being connected to again', () => {
    const outage = modelOf({ sale: saleOf(down), disconnectedAt: 3000, freshAt: 2000 });
    const connected = reduce(outage, { type: 'connected', now: 60_000 });
    const again = reduce(connected, {
      type: 'sale',
      sale: saleOf({ ...down, serverTime: iso(2) }),
      now: 60_001,
    });
    expect(again.freshAt).toBe(2000);
  });

  test('shows a latecomer no age', () => {
    const latecomer = modelOf({ sale: null, freshAt: null });
    expect(reduce(latecomer, { type: 'sale', sale: saleOf(down), now: 10 }).freshAt).toBeNull();
  });

  test.each(['countdown', 'sold_out', 'paused', 'confirmed'] as const)('leaves %s what it is', (state) => {
    const { model, now } = everyState[state];
    const sale = model.sale === null ? null : { ...model.sale, available: false };
    const outage = { ...model, sale };
    expect(deriveState(outage, now)).toBe(state);
    expect(viewOf(outage, now).stale).toBe('unavailable');
  });

  test('is not assumed if an older server does not send it', () => {
    const { available: _, ...older } = saleOf();
    const model = reduce(modelOf({ sale: null }), { type: 'sale', sale: older as Sale, now: 0 });
    expect(deriveState(model, 0)).toBe('live');
    expect(buyButtonFor(model, 0)).toEqual({ label: 'buy', enabled: true });
  });
});

describe('an order that the operator cancelled', () => {
  const cancelled = orderOf({ status: 'cancelled' });

  test('has used its customer’s share: there is no Buy that would be refused', () => {
    const model = reduce(modelOf({ orders: [orderOf()] }), { type: 'order', order: cancelled });
    expect(deriveState(model, 0)).toBe('cancelled');
    expect(buyButtonFor(model, 0)).toBeNull();
  });

  test('leaves the rest of the share where more than one is allowed', () => {
    const model = modelOf({ sale: saleOf({ perCustomer: 2 }), orders: [cancelled] });
    expect(deriveState(model, 0)).toBe('live');
    expect(buyButtonFor(model, 0)).toMatchObject({ enabled: true });
  });
});
