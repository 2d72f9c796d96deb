import type { OperatorActionsAnswer } from '@flipzon/protocol/operator.ts';
import type { Order, Sale } from '@flipzon/protocol/schemas.ts';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { openShop, type Shop } from '../_support/shop.ts';
import { eventually, type Shopper } from '../_support/shopper.ts';
import { pressAlong, type SteeredBuyers } from '../_support/steered-buyers.ts';
import { checkSale } from './check-sale.ts';

/*
 * Two operators steer a sale, at two nodes, while all customers press: one opens and closes it, the other adds units and cancels orders. In
 * random order, and the books must add up; no customer may have got a unit while it was closed. STEERING_RUNS for more than a few of them.
 */
const runs = Number(process.env.STEERING_RUNS ?? 5);
const customers = Array.from({ length: 14 }, (_, index) => `customer-${index}`);

let shop: Shop;
beforeAll(async () => {
  shop = await openShop(inject('mongodbUri'), { nodes: 2 });
});
afterAll(() => shop[Symbol.asyncDispose]());

const windows = fc.constantFrom('pause', 'resume', 'endless', 'later', 'now');
type Window = typeof windows extends fc.Arbitrary<infer Value> ? Value : never;
const stocks = fc.oneof(
  fc.record({ restock: fc.integer({ min: 1, max: 3 }) }),
  fc.record({ cancel: fc.nat({ max: 99 }) }),
);
type Stock = typeof stocks extends fc.Arbitrary<infer Value> ? Value : never;

/** When no customer could buy, by the clock of this machine, which is Redis's as well: from the answer to the next request. */
interface Closed {
  from: number;
  to: number;
}

async function steerWindow(sale: Sale, commands: readonly Window[]): Promise<Closed[]> {
  const closed: Closed[] = [];
  const steps = asked(`/sales/${sale.id}`);
  let from: number | null = null;
  for (const command of [...commands, 'resume', 'now'] as const) {
    if (from !== null) closed.push({ from, to: Date.now() });
    const { status, body } = await shop.operate(...steps[command], shop.nodes[0]);
    // Opened at an instant that has passed: refused, and nothing has changed.
    expect([200, 400]).toContain(status);
    const shown = status === 200 ? body.sale : (await shop.status()).sale;
    from = isShut(shown) ? Date.now() : null;
  }
  await eventually(async () => expect((await shop.status()).sale.status).toMatch(/live|sold_out/));
  return closed;
}

function asked(path: string): Record<Window, [method: string, path: string, body: unknown]> {
  return {
    pause: ['POST', `${path}/pause`, { reason: 'A breath' }],
    resume: ['POST', `${path}/resume`, undefined],
    endless: ['PATCH', path, { endsAt: null }],
    later: ['PATCH', path, { startsAt: '2040-01-01T00:00:00Z', endsAt: null }],
    now: ['PATCH', path, { startsAt: 'now', endsAt: null }],
  };
}

/** Not by the clock alone, which opens it by itself. */
function isShut({ status, startsAt }: Sale): boolean {
  return status === 'paused' || status === 'ended' || (status === 'scheduled' && startsAt.startsWith('2040'));
}

async function steerStock(sale: Sale, commands: readonly Stock[], { won }: SteeredBuyers) {
  let added = 0;
  const cancelled = new Set<string>();
  for (const command of commands) {
    if ('restock' in command) {
      const { status } = await shop.operate(
        'POST',
        `/sales/${sale.id}/restock`,
        { quantity: command.restock },
        shop.nodes[1],
      );
      expect(status).toBe(200);
      added += command.restock;
      continue;
    }
    const order = [...won.values()][command.cancel % Math.max(1, won.size)];
    if (order === undefined) continue;
    // 503 until MongoDB has the order, and when it is not known whether the cancellation took effect: asked until it is.
    await eventually(async () => {
      const { status } = await shop.operate('DELETE', `/orders/${order.id}`, undefined, shop.nodes[1]);
      expect(status).toBe(200);
    });
    cancelled.add(order.id);
  }
  return { added, cancelled };
}

/** The count that a socket saw never went back, and ended at what is true. */
function checkCounts({ stocks }: Shopper, saleId: string): void {
  const seqs = stocks.filter((stock) => stock.saleId === saleId).map(({ seq }) => seq);
  expect(seqs).toEqual(seqs.toSorted((a, b) => a - b));
}

async function steer(quantity: number, window: readonly Window[], stock: readonly Stock[]): Promise<void> {
  const sale = await shop.startSale({ quantity });
  const buyers = await pressAlong(shop, sale.id, customers);
  const spectators = await Promise.all(shop.nodes.map((node) => shop.shopper(null, node)));
  const [closed, { added, cancelled }] = await Promise.all([
    steerWindow(sale, window),
    steerStock(sale, stock, buyers),
  ]);
  await buyers.finish();

  const units = quantity + added;
  const lost = [...buyers.won.values()].filter((order) => cancelled.has(order.id));
  expect(lost).toHaveLength(cancelled.size);
  const entitled = new Set(
    customers.filter((customer) => !lost.some((order) => order.customerId === customer)),
  );
  const final = await checkSale(
    shop,
    { saleId: sale.id, quantity: units, node: shop.nodes[0] as Shop['nodes'][number] },
    {
      attempted: entitled,
      confirmed: new Map([...buyers.won].filter(([, order]) => !cancelled.has(order.id))),
    },
  );
  for (const { id, claimedAt } of [...final, ...lost]) {
    const at = Date.parse(claimedAt);
    expect(
      closed.find(({ from, to }) => from < at && at < to),
      `${id} was claimed at ${claimedAt}`,
    ).toBeUndefined();
  }
  const remaining = units - final.length;
  for (const node of shop.nodes) {
    await eventually(async () =>
      expect((await shop.status(node)).sale).toMatchObject({ quantity: units, remaining }),
    );
  }
  for (const spectator of spectators) {
    await eventually(() => expect(spectator.stocks.at(-1)).toMatchObject({ saleId: sale.id, remaining }));
    checkCounts(spectator, sale.id);
    spectator.socket.disconnect();
  }
  for (const shopper of buyers.shoppers) checkCounts(shopper, sale.id);
  await checkLog(sale, cancelled, added);
  await checkEnded(sale);
}

/** Over is over, whatever is asked then. */
async function checkEnded({ id }: Sale): Promise<void> {
  const path = `/sales/${id}`;
  expect((await shop.operate('POST', `${path}/end`)).status).toBe(200);
  for (const window of ['pause', 'resume', 'endless', 'later', 'now'] as const) {
    expect([window, (await shop.operate(...asked(path)[window])).status]).toEqual([window, 409]);
  }
  expect((await shop.status()).sale.status).toBe('ended');
}

/** Every effect has its entry, and no entry is without effect. */
async function checkLog(sale: Sale, cancelled: ReadonlySet<string>, added: number): Promise<void> {
  const { body } = await shop.operate<OperatorActionsAnswer>(
    'GET',
    `/operator/actions?saleId=${sale.id}&limit=200`,
  );
  const cancels = body.actions.filter((action) => action.action === 'cancel');
  expect(new Set(cancels.map((action) => action.order))).toEqual(cancelled);
  expect(cancels.every((action) => action.outcome === 'done')).toBe(true);
  const versions = body.actions.flatMap((action) => action.version ?? []);
  expect(versions).toEqual(Array.from(versions, (_, index) => versions.length - index));
  const steps = body.actions
    .filter((action) => action.action === 'restock')
    .flatMap((action) => action.changes)
    .filter((change) => change.field === 'quantity')
    .map((change) => Number(change.after) - Number(change.before));
  expect(steps.reduce((all, step) => all + step, 0)).toBe(added);
}

it('a sale that is steered while all customers press adds up', {
  timeout: 60_000 + runs * 20_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 8 }),
      fc.array(windows, { minLength: 2, maxLength: 6 }),
      fc.array(stocks, { minLength: 1, maxLength: 6 }),
      steer,
    ),
    { numRuns: runs, endOnFailure: true },
  );
});

it('a cancelled unit is back on sale at once, and every client’s count rises', async () => {
  const sale = await shop.startSale({ quantity: 1 });
  const spectators = await Promise.all(shop.nodes.map((node) => shop.shopper(null, node)));
  const bought = await shop.request<{ order: Order }>('POST', '/buy', { token: await shop.token('ann') });
  for (const spectator of spectators) {
    await eventually(() => expect(spectator.stocks.at(-1)).toMatchObject({ saleId: sale.id, remaining: 0 }));
    await eventually(() => expect(spectator.sales.at(-1)?.status).toBe('sold_out'));
  }
  await eventually(async () => {
    expect((await shop.operate('DELETE', `/orders/${bought.body.order.id}`)).status).toBe(200);
  });
  for (const spectator of spectators) {
    await eventually(() => expect(spectator.stocks.at(-1)).toMatchObject({ saleId: sale.id, remaining: 1 }));
    await eventually(() => expect(spectator.sales.at(-1)).toMatchObject({ status: 'live', remaining: 1 }));
    checkCounts(spectator, sale.id);
  }
  const bob = await shop.shopper('bob', shop.nodes[1]);
  expect(await bob.buy()).toMatchObject({ ok: true, order: { unit: 1 } });
});

it('if two starts come at the same moment, one makes the sale, and every acknowledged claim becomes an order', async () => {
  for (let round = 0; round < 2; round++) {
    await shop.startSale({ quantity: 400 });
    const claimed: Order[] = [];
    let pressing = true;
    const pressers = shop.nodes.map(async (node, index) => {
      for (let press = 0; pressing; press++) {
        const token = await shop.token(`round-${round}-${index}-${press}`);
        const { body } = await shop.request<{ order?: Order }>('POST', '/buy', { token, node });
        if (body.order !== undefined) claimed.push(body.order);
      }
    });
    await eventually(() => expect(claimed.length).toBeGreaterThan(10));
    const starts = await Promise.all(
      shop.nodes.map((node) => shop.operate('POST', '/start', { quantity: 400, startsAt: 'now' }, node)),
    );
    expect(starts.map(({ status }) => status).toSorted()).toEqual([201, 409]);
    const { sale } = await shop.status();
    expect(starts.find(({ status }) => status === 201)?.body.sale.id).toBe(sale.id);
    await eventually(() => expect(claimed.at(-1)?.saleId).toBe(sale.id));
    pressing = false;
    await Promise.all(pressers);
    for (const order of claimed) {
      await eventually(async () =>
        expect(await shop.ordersOf(order.customerId)).toMatchObject([{ id: order.id, status: 'confirmed' }]),
      );
    }
  }
});
