import { describe, expect, test } from 'vitest';
import { buyButtonFor } from '../../../src/shop/model/buy-button.ts';
import {
  deriveState,
  lostTrustedMs,
  pageStates,
  tooEarlyShownMsMax,
} from '../../../src/shop/model/derive-state.ts';
import { messageFor } from '../../../src/shop/model/message.ts';
import type { Model } from '../../../src/shop/model/model.ts';
import { reduce } from '../../../src/shop/model/reduce.ts';
import { viewOf } from '../../../src/shop/model/view.ts';
import { englishFor } from '../../../src/text/language.ts';
import { everyState } from '../../_support/every-state.ts';
import { epochMs, iso, modelOf, orderOf, pendingAs, refusedWith, saleOf } from '../../_support/fixtures.ts';

describe('every state can be reached', () => {
  test.each(pageStates)('%s', (state) => {
    const { model, now } = everyState[state];
    expect(deriveState(model, now)).toBe(state);
  });
});

describe('the opening', () => {
  const before = modelOf({ sale: saleOf({ status: 'scheduled', startsAt: iso(5000) }) });

  test('comes by the clock alone, at its millisecond and not before', () => {
    expect(deriveState(before, 4999)).toBe('countdown');
    expect(deriveState(before, 5000)).toBe('live');
  });

  test('follows the server’s clock, whatever the page’s clock says', () => {
    const clock = { offsetMs: epochMs + 600_000, rttMs: 4, source: 'round_trips' } as const;
    expect(deriveState({ ...before, clock }, 0)).toBe('live');
  });

  test('is `scheduled` only while more than a day away', () => {
    const dayMs = 86_400_000;
    const sale = saleOf({ status: 'scheduled', startsAt: iso(dayMs) });
    expect(deriveState(modelOf({ sale }), -1)).toBe('scheduled');
    expect(deriveState(modelOf({ sale }), 0)).toBe('countdown');
  });
});

describe('own order', () => {
  test('stands above the sale’s end, a lost connection and a press without an answer', () => {
    const orders = [orderOf({ status: 'confirmed' })];
    const sale = saleOf({ remaining: 0, status: 'ended' });
    const attempt = pendingAs('unknown');
    expect(deriveState(modelOf({ orders, sale, attempt, disconnectedAt: 0 }), 60_000)).toBe('confirmed');
  });

  test('a second press where more than one is allowed is shown while it is open', () => {
    const sale = saleOf({ perCustomer: 2 });
    const model = modelOf({
      sale,
      orders: [orderOf({ status: 'confirmed' })],
      attempt: pendingAs('claiming'),
    });
    expect(deriveState(model, 0)).toBe('claiming');
  });

  test.each([
    ['of another customer', { customerId: 'ben' }],
    ['of another sale', { saleId: 'sale-0' }],
  ] as const)('one %s is not shown as theirs', (_, change) => {
    expect(deriveState(modelOf({ orders: [orderOf(change)] }), 0)).toBe('live');
  });

  test('the answer to a new press replaces a revoked order', () => {
    const orders = [orderOf({ status: 'revoked' })];
    expect(deriveState(modelOf({ orders, attempt: pendingAs('claiming') }), 0)).toBe('claiming');
    const sale = saleOf({ remaining: 0 });
    expect(deriveState(modelOf({ orders, sale, attempt: refusedWith('sold_out') }), 10)).toBe('lost');
  });
});

test('a blocked customer learns it, keeps their orders, and is offered nothing to buy', () => {
  const blocked = reduce(modelOf({ attempt: pendingAs('claiming') }), { type: 'blocked' });
  expect(deriveState(blocked, 0)).toBe('blocked');
  expect(blocked.customer?.id).toBe('asha');
  expect(buyButtonFor(blocked, 0)).toBeNull();
  expect(messageFor(viewOf(blocked, 0), englishFor(['en']))?.title).toContain('blocked');
  const several = modelOf({
    blocked: true,
    sale: saleOf({ perCustomer: 2 }),
    orders: [orderOf({ status: 'confirmed' })],
  });
  expect(deriveState(several, 0)).toBe('confirmed');
  expect(buyButtonFor(several, 0)).toBeNull();
  const ben = { id: 'ben', token: 'a.b.c' };
  expect(deriveState(reduce(blocked, { type: 'signed_in', customer: ben }), 0)).toBe('live');
});

describe('refusals pass', () => {
  test('rate limit: at the moment that the server named', () => {
    const attempt = refusedWith('too_many_requests', { refusedAt: 0, retryAt: 700 });
    expect(deriveState(modelOf({ attempt }), 699)).toBe('rate_limited');
    expect(deriveState(modelOf({ attempt }), 700)).toBe('live');
  });

  test('sold out: believed before the count has followed, but not for ever', () => {
    const model = modelOf({ sale: saleOf({ remaining: 2 }), attempt: refusedWith('sold_out') });
    expect(deriveState(model, lostTrustedMs - 1)).toBe('lost');
    expect(deriveState(model, lostTrustedMs)).toBe('live');
  });

  test('too early: the countdown and the opening replace it', () => {
    const sale = saleOf({ status: 'scheduled', startsAt: iso(60_000) });
    const attempt = refusedWith('sale_not_active', { startsAtServerMs: epochMs + 60_000 });
    expect(deriveState(modelOf({ sale, attempt }), tooEarlyShownMsMax - 1)).toBe('too_early');
    expect(deriveState(modelOf({ sale, attempt }), tooEarlyShownMsMax)).toBe('countdown');
    const soon = refusedWith('sale_not_active', { startsAtServerMs: epochMs + 3 });
    expect(deriveState(modelOf({ attempt: soon }), 999)).toBe('too_early');
    expect(deriveState(modelOf({ attempt: soon }), 1000)).toBe('live');
  });

  test('a refusal because of a pause is not “too early”', () => {
    const attempt = refusedWith('sale_not_active', { refusedAt: 10, startsAtServerMs: epochMs });
    expect(deriveState(modelOf({ sale: saleOf({ status: 'paused' }), attempt }), 20)).toBe('paused');
    const longAfter = refusedWith('sale_not_active', { refusedAt: 90_000, startsAtServerMs: epochMs });
    expect(deriveState(modelOf({ attempt: longAfter }), 90_010)).toBe('live');
  });
});

describe('the connection', () => {
  test('is said to be lost after a second, not before', () => {
    const model = modelOf({ disconnectedAt: 1000 });
    expect(deriveState(model, 1999)).toBe('live');
    expect(deriveState(model, 2000)).toBe('reconnecting');
  });

  test('may take longer the first time, when there is nothing to be lost yet', () => {
    const model = modelOf({ disconnectedAt: 1000, connectedBefore: false });
    expect(deriveState(model, 5999)).toBe('live');
    expect(deriveState(model, 6000)).toBe('reconnecting');
    const said = (of: Model) => messageFor(viewOf(of, 6000), englishFor(['en']))?.title;
    expect(said(model)).toBe('Connecting…');
    expect(said({ ...model, connectedBefore: true })).toBe('Connection lost. Reconnecting…');
  });

  test('that requests replace keeps the sale live, with a count that shows its age', () => {
    const polling = modelOf({ disconnectedAt: 0, polledAt: 9000, freshAt: 9000 });
    expect(viewOf(polling, 11_000)).toMatchObject({ state: 'live', stale: 'polling' });
    expect(buyButtonFor(polling, 11_000)).toEqual({ label: 'buy', enabled: true });
    // Nothing was answered for too long.
    expect(viewOf(polling, 21_001)).toMatchObject({ state: 'reconnecting', stale: 'reconnecting' });
    expect(buyButtonFor(polling, 21_001)?.enabled).toBe(false);
    expect(viewOf({ ...polling, online: false }, 11_000).state).toBe('offline');
    expect(reduce(polling, { type: 'connected', now: 11_000 }).polledAt).toBeNull();
    const slow = reduce(polling, {
      type: 'sale',
      sale: saleOf({ remaining: 5, seq: 9 }),
      now: 15_000,
      askedAt: 12_000,
    });
    expect(slow.freshAt).toBe(12_000);
  });

  test('being offline takes precedence over being disconnected', () => {
    expect(deriveState(modelOf({ online: false, disconnectedAt: 0 }), 5000)).toBe('offline');
  });

  test('a sign-in that was asked for stays open through all of it', () => {
    const model = modelOf({ signIn: 'asked', customer: null, disconnectedAt: 0 });
    expect(deriveState(model, 5000)).toBe('signed_out');
  });
});

test('a sign-in that was asked for opens before there is any sale', () => {
  const model = modelOf({ sale: null, noSale: true, customer: null, signIn: 'asked' });
  expect(deriveState(model, 0)).toBe('signed_out');
  expect(deriveState({ ...model, signIn: 'closed' }, 0)).toBe('loading');
});

describe('what a customer without a unit sees', () => {
  const detailOf = (arrivedServerMs: number | null, soldOutAt: string | null) => {
    const sale = saleOf({ status: 'sold_out', remaining: 0, soldOutAt });
    const attempt = refusedWith('sold_out', { refusedAt: 9000, arrivedServerMs });
    return messageFor(viewOf(modelOf({ sale, attempt }), 9000), englishFor(['en']));
  };

  test('is when the press reached the shop and when the last unit was claimed, by the shop’s clock, and where the report is', () => {
    const said = detailOf(epochMs + 147, iso(132));
    expect(said?.detail).toMatch(
      /^Your click reached the shop at \S+\.147\sPM\. The last unit was claimed at \S+\.132\sPM\.$/,
    );
    expect(said?.reportOf).toBe('sale-1');
  });

  test('explains how a press that arrived before the last claim can lose', () => {
    expect(detailOf(epochMs + 117, iso(132))?.detail).toContain('processed one at a time');
    expect(detailOf(epochMs + 147, iso(132))?.detail).not.toContain('processed one at a time');
  });

  test('is no time of another clock', () => {
    expect(detailOf(null, iso(132))?.detail).toBe('');
    expect(detailOf(epochMs + 147, null)?.detail).toBe('');
  });
});

describe('the message about a revoked order', () => {
  const detailOf = (status: 'cancelled' | 'revoked', sale: Model['sale']) =>
    messageFor(viewOf(modelOf({ sale, orders: [orderOf({ status })] }), 0), englishFor(['en']))?.detail ?? '';

  test('speaks of a unit on sale only while there is one', () => {
    expect(detailOf('cancelled', saleOf())).toContain('The unit is available to others again.');
    for (const over of [
      { status: 'ended' },
      { status: 'sold_out', remaining: 0 },
      { status: 'paused' },
    ] as const)
      expect(detailOf('cancelled', saleOf(over)), over.status).not.toContain('available to others');
  });

  test('speaks of another chance only while the sale is not over', () => {
    expect(detailOf('revoked', saleOf())).toContain('you can buy it here');
    expect(detailOf('revoked', saleOf({ status: 'sold_out', remaining: 0 }))).toContain(
      'you can buy it here',
    );
    expect(detailOf('revoked', saleOf({ status: 'ended' }))).not.toContain('you can buy it here');
  });
});

test('a sale past its end is over without a message from the server, but sold out comes first', () => {
  const sale = saleOf({ endsAt: iso(1000) });
  expect(deriveState(modelOf({ sale }), 999)).toBe('live');
  expect(deriveState(modelOf({ sale }), 1000)).toBe('ended');
  expect(deriveState(modelOf({ sale: { ...sale, remaining: 0 } }), 2000)).toBe('sold_out');
});
