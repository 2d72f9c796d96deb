import { randomUUID } from 'node:crypto';
import type { OperatorActionsAnswer } from '@flipzon/protocol/operator.ts';
import type { Order } from '@flipzon/protocol/schemas.ts';
import { afterAll, describe, expect, inject, it } from 'vitest';
import { type CrashPoint, crashPoints } from '../../src/shared/crash-point.ts';
import type { NodeProcess } from '../_support/node-process.ts';
import type { Address } from '../_support/shop.ts';
import { openShopOfProcesses, type ShopOfProcesses } from '../_support/shop-of-processes.ts';
import { eventually } from '../_support/shopper.ts';
import { checkSale } from './check-sale.ts';

const quantity = 15;
const customers = Array.from({ length: 20 }, (_, index) => `customer-${index}`);

const hit = new Set<CrashPoint>();
afterAll(() => {
  // A crash point that no test has reached guards nothing.
  expect([...hit].sort()).toEqual([...crashPoints].sort());
});

interface Asked {
  order?: Order;
  code?: string;
}

interface Scene extends ShopOfProcesses {
  /** One request, under the customer's one idempotency key; null when there was no answer. */
  ask(customerId: string, node: Address): Promise<Asked | null>;
  /** Asks until there is an answer that stands. */
  askUntilAnswered(customerId: string, node: Address): Promise<Asked>;
}

async function openScene(): Promise<Scene> {
  const opened = await openShopOfProcesses(inject('mongodbUri'));
  const ask: Scene['ask'] = async (customerId, node) => {
    const token = await opened.shop.token(customerId);
    const headers = { 'idempotency-key': `${customerId}-only` };
    return opened.shop
      .request<Asked>('POST', '/buy', { token, headers, node })
      .then((answer) => answer.body)
      .catch(() => null);
  };
  return {
    ...opened,
    ask,
    askUntilAnswered: (customerId, node) =>
      eventually(async () => {
        const answer = await ask(customerId, node);
        expect(answer?.order ?? answer?.code).toBeDefined();
        expect(answer?.code).not.toBe('unavailable');
        return answer as Asked;
      }),
  };
}

async function died(victim: NodeProcess, point: CrashPoint): Promise<void> {
  expect((await victim.exited).signal).toBe('SIGKILL');
  hit.add(point);
}

/** All press at the victim; then all, with or without an answer, send the same request to a survivor. */
async function pressAndAskAgain(
  { shop, start, ask, askUntilAnswered }: Scene,
  saleId: string,
  victim: NodeProcess,
  point: CrashPoint,
): Promise<void> {
  const first = new Map<string, Asked | null>();
  await Promise.all(customers.map(async (customer) => first.set(customer, await ask(customer, victim))));
  await died(victim, point);
  const survivor = await start();
  for (const customer of customers) {
    const again = await askUntilAnswered(customer, survivor);
    const before = first.get(customer)?.order;
    if (before !== undefined) expect(again.order).toEqual(before);
  }
  await checkSale(
    shop,
    { saleId, quantity, node: survivor },
    { attempted: new Set(customers), confirmed: new Map() },
  );
}

// They wait for locks to run out and for claims to be taken over, so they wait together.
describe.concurrent('a node that dies', () => {
  it.each([
    ['buy.beforeClaim', 1],
    ['buy.beforeClaim', 8],
    ['buy.afterClaim', 1],
    ['buy.afterClaim', 8],
    ['writer.afterRead', 1],
    ['writer.afterInsert', 1],
    ['writer.afterTell', 1],
    ['writer.afterTotals', 1],
    ['writer.afterAck', 1],
  ] as const)('a node that dies at %s, at pass %i, costs no customer anything', async (point, pass) => {
    await using scene = await openScene();
    const { shop, start } = scene;
    const victim = await start({ CRASH_AT: `${point}:${pass}` });
    const sale = await shop.startSale({ quantity }, victim);
    await pressAndAskAgain(scene, sale.id, victim, point);
  });

  it.each([
    'recovery.afterTakeEpoch',
    'recovery.afterClose',
    'recovery.afterDrain',
    'recovery.afterBuild',
    'recovery.afterRestores',
    'recovery.afterOpen',
  ] as const)(
    'a recovery that dies at %s is finished by the next node, and no confirmed order is lost',
    async (point) => {
      await using scene = await openScene();
      const { shop, redis, start, askUntilAnswered } = scene;
      // The start of the sale comes by these places once as well: it makes the first epoch.
      const victim = await start({ CRASH_AT: `${point}:2` });
      const sale = await shop.startSale({ quantity }, victim);
      const early = customers.slice(0, 10);
      await Promise.all(early.map((customer) => askUntilAnswered(customer, victim)));
      const confirmed = new Map<string, Order>();
      for (const customer of early) {
        await eventually(async () => {
          const token = await shop.token(customer);
          const { body } = await shop.request<{ orders: Order[] }>('GET', '/orders/me', {
            token,
            node: victim,
          });
          const order = body.orders.find((each) => each.saleId === sale.id && each.status === 'confirmed');
          expect(order).toBeDefined();
          confirmed.set(customer, order as Order);
        });
      }
      await redis.multi().flushall().script('FLUSH').exec();
      await died(victim, point);

      const survivor = await start();
      for (const customer of customers) {
        const again = await askUntilAnswered(customer, survivor);
        const known = confirmed.get(customer);
        if (known !== undefined) expect(again.order?.unit).toBe(known.unit);
      }
      const at = { saleId: sale.id, quantity, node: survivor };
      await checkSale(shop, at, { attempted: new Set(customers), confirmed });
    },
  );

  it('a node that dies while it ends the old sale leaves that one ended, and the next can be started', async () => {
    await using scene = await openScene();
    const { shop, start, ask, askUntilAnswered } = scene;
    const calm = await start();
    const old = await shop.startSale({ quantity }, calm);
    await Promise.all(customers.map((customer) => ask(customer, calm)));
    const victim = await start({ CRASH_AT: 'start.afterEnd' });
    await shop.startSale({ quantity }, victim).catch(() => null);
    await died(victim, 'start.afterEnd');
    await checkSale(
      shop,
      { saleId: old.id, quantity, node: calm },
      { attempted: new Set(customers), confirmed: new Map() },
    );
    const next = await shop.startSale({ quantity }, calm);
    expect((await askUntilAnswered(`late-${randomUUID()}`, calm)).order?.saleId).toBe(next.id);
  });

  it('a node that dies right after it has made a sale leaves a sale that opens by itself', async () => {
    await using scene = await openScene();
    const { shop, start, askUntilAnswered } = scene;
    const calm = await start();
    const victim = await start({ CRASH_AT: 'start.afterCreate' });
    const before = await shop.startSale({ quantity }, calm);
    await shop.startSale({ quantity: 4 }, victim).catch(() => null);
    await died(victim, 'start.afterCreate');
    const sale = await eventually(async () => {
      const status = await shop.status(calm);
      expect(status.sale.id).not.toBe(before.id);
      return status.sale;
    });
    expect(sale.quantity).toBe(4);
    for (const customer of customers) await askUntilAnswered(customer, calm);
    await checkSale(
      shop,
      { saleId: sale.id, quantity: 4, node: calm },
      { attempted: new Set(customers), confirmed: new Map() },
    );
  });

  it('a pause whose node dies before Redis hears of it is brought into force by another node', async () => {
    await using scene = await openScene();
    const { shop, start, ask } = scene;
    const calm = await start();
    const victim = await start({ CRASH_AT: 'operate.afterRevise' });
    const sale = await shop.startSale({ quantity }, calm);
    await shop.operate('POST', `/sales/${sale.id}/pause`, undefined, victim).catch(() => null);
    await died(victim, 'operate.afterRevise');
    await eventually(async () => {
      expect((await ask(`late-${randomUUID()}`, calm))?.code).toBe('sale_not_active');
    });
    const { body } = await shop.operate<OperatorActionsAnswer>(
      'GET',
      `/operator/actions?saleId=${sale.id}`,
      undefined,
      calm,
    );
    expect(body.actions.map(({ action, by }) => [action, by])).toEqual([
      ['pause', 'olga'],
      ['start', 'olga'],
    ]);
  });

  it.each([
    ['cancel.afterEntry', 'by the other nodes'],
    ['cancel.afterStore', 'by asking again'],
  ] as const)(
    'a cancellation that dies at %s is in the log, and is finished %s',
    async (point, finishedBy) => {
      await using scene = await openScene();
      const { shop, start, askUntilAnswered } = scene;
      const calm = await start();
      const sale = await shop.startSale({ quantity: 2 }, calm);
      const won = await askUntilAnswered('customer-0', calm);
      const path = `/orders/${encodeURIComponent(won.order?.id ?? '')}`;
      const operate = async <Body>(method: string, path: string, node: Address = calm) =>
        shop.operate<Body>(method, path, undefined, node);
      await eventually(async () => {
        const { body } = await operate<{ orders: Order[] }>('GET', `/sales/${sale.id}/orders`);
        expect(body.orders).toHaveLength(1);
      });
      const outcome = async () => {
        const { body } = await operate<OperatorActionsAnswer>('GET', `/operator/actions?saleId=${sale.id}`);
        return body.actions.filter((each) => each.action === 'cancel').map((each) => each.outcome);
      };
      const victim = await start({ CRASH_AT: point });
      await operate('DELETE', path, victim).catch(() => null);
      await died(victim, point);
      expect(await outcome()).toEqual(['begun']);
      if (finishedBy === 'by asking again') {
        expect((await operate('DELETE', path)).status).toBe(200);
        expect(await outcome()).toEqual(['done']);
      }
      await eventually(async () => expect(await outcome()).toEqual(['done']));
      await eventually(async () => {
        expect(await shop.audit(sale.id, calm)).toMatchObject({ clean: true, orders: 0, remaining: 2 });
      });
    },
  );

  it.each([
    ['hold.afterInsert', 'held', 'by another order writer'],
    ['end.afterOutcome', 'paid', 'by the sweep'],
    ['end.afterOrder', 'paid', 'by asking again'],
    ['end.afterLetGo', 'released', 'by the sweep'],
    ['end.afterRedis', 'released', 'by the sweep'],
    ['end.afterRedis', 'paid', 'by the sweep'],
  ] as const)(
    'a hold whose node dies at %s, when it is %s, is finished %s',
    async (point, outcome, finishedBy) => {
      await using scene = await openScene();
      const { shop, start, ask } = scene;
      const environment = { PAYMENT_PROVIDER: 'external' };
      const victim = await start({ ...environment, CRASH_AT: point });
      const sale = await shop.startSale({ quantity: 2, payment: 'required' }, victim);
      const [customer = ''] = customers;
      await ask(customer, victim);
      const holdId = `${sale.id}:${customer}:1:1`;
      const path = `/holds/${encodeURIComponent(holdId)}`;
      const payment = { reference: 'p-1', amountMinor: 99_900, currency: 'USD' };
      const orderAt = async (node: Address) => {
        const token = await shop.token(customer);
        const { body } = await shop.request<{ orders?: Order[] }>('GET', '/orders/me', { token, node });
        return body.orders?.[0];
      };
      const end = async (node: Address) =>
        outcome === 'released'
          ? shop.operate('DELETE', path, undefined, node)
          : shop.operate('POST', `${path}/payment`, payment, node);
      if (outcome !== 'held') {
        await eventually(async () => expect((await orderAt(victim))?.status).toBe('held'));
        await end(victim).catch(() => null);
      }
      await died(victim, point);
      const survivor = await start(environment);
      const expected = { held: 'held', paid: 'confirmed', released: 'released' }[outcome];
      if (finishedBy === 'by asking again') expect((await end(survivor)).status).toBe(201);
      await eventually(async () => {
        expect((await orderAt(survivor))?.status).toBe(expected);
      });
      await eventually(async () => {
        const sold = outcome === 'paid' ? 1 : 0;
        const inCheckout = outcome === 'held' ? 1 : 0;
        const { sale: shown } = await shop.status(survivor);
        expect(shown).toMatchObject({ sold, inCheckout, remaining: 2 - sold - inCheckout });
        expect(await shop.audit(sale.id, survivor)).toMatchObject({ clean: true, orders: sold });
      });
      if (outcome === 'held') expect((await end(survivor)).status).toBe(201);
    },
  );

  it('a node that dies before it has sealed a sale leaves it to the next, which seals it once', async () => {
    await using scene = await openScene();
    const { shop, start, askUntilAnswered } = scene;
    const victim = await start({ CRASH_AT: 'seal.afterChunks' });
    const sale = await shop.startSale({ quantity: 2 }, victim);
    for (const customer of customers.slice(0, 2)) await askUntilAnswered(customer, victim);
    await died(victim, 'seal.afterChunks');
    const survivors = [await start(), await start()];
    await eventually(async () => {
      for (const node of survivors) {
        const { body } = await shop.request('GET', `/sales/${sale.id}/seal`, { node });
        expect(body).toMatchObject({ version: 1, size: 2, versions: [{ version: 1 }] });
      }
    });
    expect(await shop.audit(sale.id, survivors[0])).toMatchObject({
      clean: true,
      seal: { version: 1, size: 2 },
    });
  });
});
