import type { Order } from '@flipzon/protocol/schemas.ts';
import { pino } from 'pino';
import { expect, inject, it } from 'vitest';
import { openFollowing } from '../../src/tracing/open-following.ts';
import { startNodeProcess } from '../_support/node-process.ts';
import { openShop } from '../_support/shop.ts';
import { eventually } from '../_support/shopper.ts';
import { openSpanCollector } from '../_support/span-collector.ts';

interface Line {
  node: string;
  buy?: string;
  msg: string;
  outcome?: string;
}

const buysMax = 80;
const buysPerRound = 8;

it('a buy is one trace, and one id in the logs, from the node that took it to the node that wrote its order', async () => {
  await using shop = await openShop(inject('mongodbUri'), { nodes: 0 });
  await using collector = await openSpanCollector();
  const environment = { ...shop.environment, LOG_LEVEL: 'debug', OTEL_EXPORTER_OTLP_ENDPOINT: collector.url };
  await using asked = await startNodeProcess({ ...environment, NODE_NAME: 'asked' });
  await using other = await startNodeProcess({ ...environment, NODE_NAME: 'other' });
  await shop.startSale({ quantity: buysMax + 1 }, asked);
  const buy = async (customer: string) =>
    shop.request<{ order: Order; code?: string }>('POST', '/buy', {
      token: await shop.token(customer),
      node: asked,
      headers: { 'idempotency-key': `${customer}-only` },
    });
  const settledElsewhere = () =>
    collector.spans.find(({ name, node }) => name === 'settle' && node.startsWith('other-'));

  // The writers share the outbox: sooner or later the other node has one of these.
  let bought = 0;
  while (settledElsewhere() === undefined) {
    expect(bought).toBeLessThan(buysMax);
    for (let turn = 0; turn < buysPerRound; turn++) expect((await buy(`buyer-${bought++}`)).status).toBe(201);
    const steps = 3 * bought;
    await eventually(() => expect(collector.spans).toHaveLength(steps));
  }
  const settle = settledElsewhere();
  const trace = collector.spans.filter(({ traceId }) => traceId === settle?.traceId);
  const [asking, claimed] = ['buy', 'claim'].map((name) => trace.find((span) => span.name === name));
  expect(trace).toHaveLength(3);
  expect(asking).toMatchObject({ outcome: 'claimed', node: expect.stringMatching(/^asked-/) });
  expect(asking?.parentSpanId).toBeUndefined();
  expect(claimed).toMatchObject({ outcome: 'claimed', parentSpanId: asking?.spanId, node: asking?.node });
  expect(settle).toMatchObject({ outcome: 'stored', parentSpanId: claimed?.spanId });
  for (const span of trace) expect(span.endedAt).toBeGreaterThanOrEqual(span.startedAt);

  // Asked again it is another attempt of the same buy.
  await buy('late');
  await buy('late');
  await eventually(() =>
    expect(
      collector.spans.filter(({ name, outcome }) => name === 'claim' && outcome === 'replayed'),
    ).toHaveLength(1),
  );
  const ids = collector.spans.map(({ spanId }) => spanId);
  expect(new Set(ids).size).toBe(ids.length);

  asked.kill('SIGTERM');
  other.kill('SIGTERM');
  const lines = (await Promise.all([asked.exited, other.exited])).flatMap(({ output }) =>
    output
      .split('\n')
      .flatMap((line): Line[] => (line.startsWith('{') && line.endsWith('}') ? [JSON.parse(line)] : [])),
  );
  const logged = lines.filter((line) => line.buy === settle?.traceId);
  expect(logged.map(({ node, msg, outcome }) => [node, msg, outcome])).toEqual([
    ['asked', 'claim', 'claimed'],
    ['asked', 'buy', 'claimed'],
    ['other', 'settle', 'stored'],
  ]);
});

it.each([
  ['info', false],
  ['debug', true],
])('at %s and without a collector, buys are followed: %s', async (level, followed) => {
  await using following = await openFollowing({
    logger: pino({ level }),
    node: 'node',
    collector: undefined,
    serviceName: 'flipzon',
    share: 1,
  });
  expect(following.note !== null).toBe(followed);
});
