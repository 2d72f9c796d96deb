import { afterAll, beforeAll, expect, it } from 'vitest';
import { type NodeProcess, startNodeProcess } from '../_support/node-process.ts';
import { type OwnStores, openOwnStores } from '../_support/own-stores.ts';
import { eventually } from '../_support/shopper.ts';

let stores: OwnStores;
let node: NodeProcess;
beforeAll(async () => {
  stores = await openOwnStores({ nodes: 0 });
  node = await startNodeProcess({ ...stores.shop.environment, RATE_LIMIT_BUY: '5/1s', HOST: '127.0.0.1' });
});
afterAll(async () => {
  await node?.[Symbol.asyncDispose]();
  await stores?.[Symbol.asyncDispose]();
});

const buy = async (token: string) => {
  const { status, headers, body } = await stores.shop.request('POST', '/buy', { token, node });
  return {
    status,
    retryAfter: Number(headers.get('retry-after')),
    code: body.code,
    retryAfterMs: body.retryAfterMs,
  };
};

it('over the rate; Redis down: 429; 503; both with Retry-After and retryAfterMs', async () => {
  const sale = await stores.shop.startSale({ quantity: 5 }, node);
  const token = await stores.shop.token('ann');
  const refused = (await Promise.all(Array.from({ length: 40 }, () => buy(token)))).filter(
    ({ status }) => status === 429,
  );
  expect(refused.length).toBeGreaterThan(20);
  for (const each of refused)
    expect(each).toEqual({
      status: 429,
      code: 'too_many_requests',
      retryAfter: 1,
      retryAfterMs: expect.toSatisfy((ms: number) => ms > 0 && ms <= 1_000),
    });

  await stores.redis.kill();
  await eventually(async () =>
    expect(await buy(await stores.shop.token('bob'))).toEqual({
      status: 503,
      code: 'unavailable',
      retryAfter: expect.toSatisfy((seconds: number) => seconds >= 1),
      retryAfterMs: expect.toSatisfy((ms: number) => ms > 0),
    }),
  );
  await stores.redis.comeBack();
  await eventually(async () => expect((await buy(await stores.shop.token('bob'))).status).toBe(201));
  await eventually(async () =>
    expect(await stores.shop.audit(sale.id, node)).toMatchObject({ clean: true, claims: 2, remaining: 3 }),
  );
});
