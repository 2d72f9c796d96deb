import { expect } from '@playwright/test';
import type { CrowdMember } from './crowd.ts';
import { FaultyConnection } from './faulty-connection.ts';
import { holdTime, makeTimeHoldable } from './hold-time.ts';
import { buysPerWindow, type Shop } from './open-shop.ts';
import { inSeconds, type Operator } from './shop-api.ts';
import type { Shopper } from './shopper.ts';

interface Actors {
  shop: Shop;
  operator: Operator;
  shopper: Shopper;
  crowd: (count: number, options?: { customerId?: string }) => Promise<CrowdMember[]>;
}

const buyFrame = /^42\d+\["buy"/;
const confirmedFrame = /^42\["order",.*"status":"confirmed"/;

async function live({ operator, shopper }: Actors): Promise<void> {
  await operator.start({ quantity: 1000 });
  await shopper.open();
  await expect(shopper.buy).toBeEnabled();
}

async function liveByConnection(actors: Actors): Promise<FaultyConnection> {
  const connection = await FaultyConnection.between(actors.shopper.page);
  await live(actors);
  return connection;
}

/** Live, and bought: by the shopper, or elsewhere by the same customer. */
async function bought(actors: Actors): Promise<string> {
  const { operator, shopper } = actors;
  const sale = await operator.start({ quantity: 1000 });
  await shopper.open();
  await shopper.buy.click();
  await shopper.expectState('confirmed');
  const [order] = await operator.orders(sale.id);
  return order?.id ?? '';
}

/** How the page gets into each of its states, for tests that must hold in every state. */
const states = {
  loading: async ({ operator, shopper }) => {
    await operator.start({ quantity: 1000 });
    // As if it came without a snapshot; and nothing is answered, neither the first request nor the socket.
    await shopper.page.route('**/', async (route) => {
      const response = await route.fetch();
      const body = (await response.text()).replace(/<script type="application\/json".*?<\/script>/, '');
      await route.fulfill({ response, body });
    });
    await shopper.page.route('**/status', () => undefined);
    await shopper.page.routeWebSocket(/\/socket\.io\//, () => undefined);
    await shopper.visit();
  },
  scheduled: async ({ operator, shopper }) => {
    await operator.start({ startsAt: '2099-12-31T18:30:00.000Z', quantity: 1000 });
    await shopper.open();
  },
  countdown: async ({ operator, shopper }) => {
    await operator.start({ startsAt: inSeconds(20 * 3600), quantity: 1000 });
    await shopper.open();
  },
  live,
  claiming: async (actors) => {
    const connection = await liveByConnection(actors);
    connection.holdToNode(buyFrame);
    await actors.shopper.buy.click();
  },
  unknown: async (actors) => {
    const connection = await liveByConnection(actors);
    connection.holdToNode(buyFrame);
    await actors.shopper.buy.click();
    await connection.expectHeld(buyFrame);
    await connection.break();
    connection.holdToNode(buyFrame);
    await expect.poll(() => connection.buysSent.length).toBe(2);
  },
  claimed: async (actors) => {
    // A page that gets no news asks after some seconds.
    await actors.shopper.page.route('**/orders/me', () => undefined);
    const connection = await liveByConnection(actors);
    connection.holdToPage(confirmedFrame);
    await actors.shopper.buy.click();
  },
  confirmed: async (actors) => {
    await bought(actors);
  },
  lost: async ({ operator, shopper, crowd }) => {
    const connection = await FaultyConnection.between(shopper.page);
    await operator.start({ quantity: 1 });
    await shopper.open();
    connection.holdToPage(/^42\["(stock|sale)"/);
    const [quicker] = await crowd(1);
    expect(await quicker?.buy()).toMatchObject({ ok: true });
    await connection.expectHeld(/^42\["stock"/);
    await shopper.buy.click();
    await shopper.expectState('lost');
    connection.release();
    await shopper.expectRemaining(0);
  },
  sold_out: async ({ operator, shopper, crowd }) => {
    await operator.start({ quantity: 1 });
    await shopper.open();
    const [quicker] = await crowd(1);
    expect(await quicker?.buy()).toMatchObject({ ok: true });
  },
  already_purchased: async (actors) => {
    const connection = await FaultyConnection.between(actors.shopper.page);
    connection.holdToPage(/^42\["order"/);
    await live(actors);
    const [elsewhere] = await actors.crowd(1, { customerId: actors.shopper.customerId });
    expect(await elsewhere?.buy()).toMatchObject({ ok: true });
    await expect.poll(() => elsewhere?.orders.at(-1)?.status).toBe('confirmed');
    await actors.shopper.expectRemaining(999);
    await actors.shopper.buy.click();
  },
  rate_limited: async (actors) => {
    await live(actors);
    const [elsewhere] = await actors.crowd(1, { customerId: actors.shopper.customerId });
    for (let press = 0; press < buysPerWindow; press += 1) {
      expect(await elsewhere?.buy({ saleId: 'another-sale' })).toMatchObject({ code: 'sale_not_active' });
    }
    await actors.shopper.buy.click();
  },
  too_early: async ({ operator, shopper }) => {
    const connection = await FaultyConnection.between(shopper.page);
    const sale = await operator.start({ quantity: 1000 });
    await shopper.open();
    await expect(shopper.buy).toBeEnabled();
    // The page has not heard yet that the opening was moved.
    connection.holdToPage(/^42\["sale"/);
    await operator.reschedule(sale.id, inSeconds(600));
    await connection.expectHeld(/^42\["sale"/);
    await shopper.buy.click();
  },
  reconnecting: async (actors) => {
    const connection = await liveByConnection(actors);
    await connection.cut();
  },
  offline: async (actors) => {
    await live(actors);
    await actors.shopper.context.setOffline(true);
  },
  paused: async ({ operator, shopper }) => {
    const sale = await operator.start({ quantity: 1000 });
    await shopper.open();
    await operator.pause(sale.id, 'We are counting the boxes.');
  },
  ended: async ({ operator, shopper }) => {
    const sale = await operator.start({ quantity: 1000 });
    await shopper.open();
    await operator.end(sale.id, 'The shop closes for today.');
  },
  signed_out: async (actors) => {
    await live(actors);
    await actors.shopper.page.getByRole('button', { name: 'Sign out' }).click();
    await actors.shopper.page.getByRole('button', { name: 'Sign in to buy' }).click();
  },
  unavailable: async (actors) => {
    await live(actors);
    await actors.shop.redis.kill();
  },
  revoked: async ({ shop, operator, shopper, crowd }) => {
    const connection = await FaultyConnection.between(shopper.page);
    await operator.start({ quantity: 1 });
    await shopper.open();
    await expect(shopper.buy).toBeEnabled();
    await shop.mongodb.kill();
    await shopper.buy.click();
    await shopper.expectState('claimed');
    // Only the page still knows of the claim: no node, not Redis, and MongoDB never did.
    await connection.cut();
    // Without a socket, the page would present its receipt by HTTP and get its unit back.
    const receipts = '**/receipts';
    await shopper.page.route(receipts, (route) => route.abort());
    await Promise.all([shop.kill(0), shop.kill(1)]);
    await shop.redis.forgetAll();
    await shop.mongodb.comeBack();
    await Promise.all([shop.restart(0), shop.restart(1)]);
    const [quicker] = await crowd(1);
    await expect.poll(() => quicker?.buy()).toMatchObject({ ok: true });
    await shopper.page.unroute(receipts);
    connection.restore();
  },
  blocked: async (actors) => {
    await live(actors);
    await actors.operator.block(actors.shopper.customerId);
  },
  cancelled: async (actors) => {
    const orderId = await bought(actors);
    await actors.operator.cancel(orderId);
  },
} satisfies Record<string, (actors: Actors) => Promise<void>>;

export type StateName = keyof typeof states;
export const stateNames = Object.keys(states) as StateName[];

/** Those that end by themselves, and what is said of the time in them. */
const passing: ReadonlySet<StateName> = new Set([
  'loading',
  'claiming',
  'rate_limited',
  'too_early',
  'reconnecting',
  'unknown',
]);

export async function arrange(name: StateName, actors: Actors): Promise<void> {
  if (passing.has(name)) {
    await makeTimeHoldable(actors.shopper.page);
  }
  await states[name](actors);
  await actors.shopper.expectState(name);
  if (passing.has(name)) {
    await holdTime(actors.shopper.page);
  }
  await movementsEnd(actors.shopper);
  await actors.shopper.expectState(name);
}

/** Movements that end have ended, so that what is looked at is what stays. */
export async function movementsEnd(shopper: Shopper): Promise<void> {
  await shopper.page.evaluate(async () => {
    const passing = document
      .getAnimations()
      .filter((each) => each.effect?.getComputedTiming().endTime !== Number.POSITIVE_INFINITY);
    await Promise.allSettled(passing.map((each) => each.finished));
  });
}
