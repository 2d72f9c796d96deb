import { describe, expect, test } from 'vitest';
import { createHttpChannel, readBuy } from '../../../crowd/customers/http-channel.ts';
import type { HttpAnswer } from '../../../shared/http-client.ts';
import { claimedOrder as order } from '../../claimed-order.ts';

function problem(status: number, code: string, more: object = {}): HttpAnswer {
  return { code: 'answered', status, body: { type: 'about:blank', title: 't', status, code, ...more } };
}

describe('POST /buy answers', () => {
  test('201 is a claim', () => {
    expect(readBuy({ code: 'answered', status: 201, body: { order } })).toEqual({ ok: true, order });
  });

  test('a problem is a refusal with its code and what belongs to it', () => {
    expect(readBuy(problem(400, 'already_purchased', { order }))).toMatchObject({
      code: 'already_purchased',
      order,
    });
    expect(readBuy(problem(429, 'too_many_requests', { retryAfterMs: 7 }))).toMatchObject({
      retryAfterMs: 7,
    });
  });

  test.each<HttpAnswer>([
    { code: 'failed', message: 'socket hang up' },
    { code: 'answered', status: 502, body: null },
    { code: 'answered', status: 201, body: { order: { id: 1 } } },
    { code: 'answered', status: 200, body: { order } },
    problem(400, 'no_such_code'),
    problem(200, 'sold_out'),
  ])('what is not of the contract is no answer: %j', (answer) => {
    expect(readBuy(answer)).toMatchObject({ ok: false, code: 'no_answer' });
  });
});

test('waits by GET /orders/me until the order is confirmed', async () => {
  let reads = 0;
  const channel = createHttpChannel({
    http: async () => {
      const confirmed = { ...order, status: 'confirmed', confirmedAt: order.claimedAt };
      return {
        code: 'answered',
        status: 200,
        body: { orders: [++reads === 1 ? order : confirmed], totalPurchases: 0 },
      };
    },
    token: 't',
    random: () => 0,
  });
  expect(await channel.settled(order, 10_000)).toMatchObject({ status: 'confirmed' });
  expect(reads).toBe(2);
});

test('an order that is never confirmed is given up in time', async () => {
  const channel = createHttpChannel({
    http: async () => ({ code: 'answered', status: 200, body: { orders: [order], totalPurchases: 0 } }),
    token: 't',
    random: () => 0,
  });
  const startedAtMs = performance.now();
  expect(await channel.settled(order, 300)).toBeNull();
  expect(performance.now() - startedAtMs).toBeLessThan(5_000);
});
