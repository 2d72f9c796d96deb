import { EventEmitter } from 'node:events';
import type { Order, RecentUnits, WatchRecentUnitsAnswer } from '@flipzon/protocol/schemas.ts';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { RecentUnitsWatch } from '../../src/gateway/recent-units-watch.ts';
import type { ClientSocket } from '../../src/gateway/socket-server.ts';
import { openShop, type Shop } from '../_support/shop.ts';
import { eventually } from '../_support/shopper.ts';

let shop: Shop;
beforeAll(async () => {
  shop = await openShop(inject('mongodbUri'), { nodes: 2 });
});
afterAll(() => shop[Symbol.asyncDispose]());

it('a board gets the last units that were claimed, and when, on any node; other sockets do not, and there are no names', async () => {
  const sale = await shop.startSale({ quantity: 20 });
  const board = await shop.shopper(null, shop.nodes[1]);
  const passerBy = await shop.shopper(null, shop.nodes[1]);
  const [received, overheard]: [RecentUnits[], RecentUnits[]] = [[], []];
  board.socket.on('recentUnits', (units) => received.push(units));
  passerBy.socket.on('recentUnits', (units) => overheard.push(units));
  expect(await board.socket.timeout(5_000).emitWithAck('watchRecentUnits')).toEqual({
    ok: true,
    recentUnits: { saleId: sale.id, units: [] },
  });

  const orders = new Map<number, string>();
  for (let i = 0; i < 14; i++) {
    const answer = await (await shop.shopper(`buyer-${i}`, shop.nodes[i % 2])).buy();
    if (answer.ok) orders.set(answer.order.unit, answer.order.claimedAt);
  }
  const last = Array.from({ length: 10 }, (_, index) => 14 - index).map((unit) => ({
    unit,
    at: orders.get(unit),
  }));
  await eventually(() =>
    expect(new Map(received.at(-1)?.units.map(({ unit, at }) => [unit, at]))).toEqual(
      new Map(last.map(({ unit, at }) => [unit, at])),
    ),
  );
  const times = received.at(-1)?.units.map(({ at }) => at) ?? [];
  expect(times).toEqual(times.toSorted().reverse());
  expect(JSON.stringify(received)).not.toContain('buyer');
  const late = await shop.shopper(null, shop.nodes[0]);
  expect(await late.socket.timeout(5_000).emitWithAck('watchRecentUnits')).toEqual({
    ok: true,
    recentUnits: received.at(-1),
  });
  expect(overheard).toEqual([]);
});

it('strangers who watch take no board’s place', async () => {
  const sale = await shop.startSale({ quantity: 3 });
  const strangers = await Promise.all(Array.from({ length: 250 }, () => shop.shopper(null, shop.nodes[0])));
  const watch = ({ socket }: (typeof strangers)[number]) =>
    socket.timeout(5_000).emitWithAck('watchRecentUnits');
  await Promise.all(strangers.map(watch));
  const board = await shop.shopper(null, shop.nodes[0]);
  const received: RecentUnits[] = [];
  board.socket.on('recentUnits', (units) => received.push(units));
  expect(await watch(board)).toEqual({ ok: true, recentUnits: { saleId: sale.id, units: [] } });
  await (await shop.shopper('late-buyer', shop.nodes[0])).buy();
  await eventually(() => expect(received.at(-1)?.units.map(({ unit }) => unit)).toEqual([1]));
  for (const { socket } of strangers) socket.disconnect();
});

it('units of an earlier sale do not appear in the current one', async () => {
  const sale = await shop.startSale({ quantity: 3 });
  const board = await shop.shopper(null, shop.nodes[0]);
  expect(await board.socket.timeout(5_000).emitWithAck('watchRecentUnits')).toEqual({
    ok: true,
    recentUnits: { saleId: sale.id, units: [] },
  });
});

it('the claim with the larger number is newer, whatever the clock of Redis said', () => {
  using watch = new RecentUnitsWatch({ at: { saleId: 's', epoch: 1 } }, () => undefined);
  const claimed = (unit: number, seq: number, atMs: number) =>
    ({ saleId: 's', unit, seq, status: 'claimed', claimedAt: new Date(atMs).toISOString() }) as Order;
  // Between the second and the third, the clock steps back; and the first unit comes back and is claimed again.
  watch.note([claimed(1, 1, 60_000), claimed(2, 2, 61_000)]);
  watch.note([claimed(3, 3, 55_000), claimed(1, 5, 56_000)]);
  watch.note([claimed(1, 1, 60_000)]);
  const board = new EventEmitter();
  watch.attach(board as unknown as ClientSocket);
  const answers: WatchRecentUnitsAnswer[] = [];
  board.emit('watchRecentUnits', (answer: WatchRecentUnitsAnswer) => answers.push(answer));
  const [answer] = answers;
  expect(
    answer?.ok === true && answer.recentUnits?.units.map(({ unit, at }) => [unit, Date.parse(at)]),
  ).toEqual([
    [1, 56_000],
    [3, 55_000],
    [2, 61_000],
  ]);
});

it('a socket that asks by the deprecated name gets the deprecated event, and only that', async () => {
  const sale = await shop.startSale({ quantity: 3 });
  const board = await shop.shopper(null, shop.nodes[0]);
  const heard: string[] = [];
  board.socket.onAny((event: string) => heard.push(event));
  const units: number[] = [];
  board.socket.on('gone', (gone) => units.push(...gone.units.map(({ unit }) => unit)));
  expect(await board.socket.timeout(5_000).emitWithAck('watchGone')).toEqual({
    ok: true,
    gone: { saleId: sale.id, units: [] },
  });
  await (await shop.shopper('alias-buyer', shop.nodes[1])).buy();
  await eventually(() => expect(units).toEqual([1]));
  expect(heard).not.toContain('recentUnits');
});
