import { expect } from '@playwright/test';
import type { CrowdMember } from './crowd.ts';
import { holdTime, makeTimeHoldable } from './hold-time.ts';
import { buysPerWindow, type Shop } from './open-shop.ts';
import { inSeconds, type Operator } from './shop-api.ts';
import type { Shopper } from './shopper.ts';
import { Wire } from './wire.ts';

interface Cast {
  shop: Shop;
  operator: Operator;
  shopper: Shopper;
  crowd: (count: number, options?: { customerId?: string }) => Promise<CrowdMember[]>;
}

const buyFrame = /^42\d+\["buy"/;
const confirmedFrame = /^42\["order",.*"status":"confirmed"/;

async function live({ operator, shopper }: Cast): Promise<void> {
  await operator.start({ quantity: 1000 });
  await shopper.open();
  await expect(shopper.buy).toBeEnabled();
}

async function liveByWire(cast: Cast): Promise<Wire> {
  const wire = await Wire.between(cast.shopper.page);
  await live(cast);
  return wire;
}

/** Live, and bought: by the shopper, or elsewhere by the same customer. */
async function bought(cast: Cast): Promise<string> {
  const { operator, shopper } = cast;
  const sale = await operator.start({ quantity: 1000 });
  await shopper.open();
  await shopper.buy.click();
  await shopper.expectState('confirmed');
  const [order] = await operator.orders(sale.id);
  return order?.id ?? '';
}

/** How the page gets into each of its states, for tests that must hold in every state. */
const scenes = {
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
  claiming: async (cast) => {
    const wire = await liveByWire(cast);
    wire.holdToNode(buyFrame);
    await cast.shopper.buy.click();
  },
  unknown: async (cast) => {
    const wire = await liveByWire(cast);
    wire.holdToNode(buyFrame);
    await cast.shopper.buy.click();
    await wire.expectHeld(buyFrame);
    await wire.break();
    wire.holdToNode(buyFrame);
    await expect.poll(() => wire.buysSent.length).toBe(2);
  },
  claimed: async (cast) => {
    // A page that gets no news asks after some seconds.
    await cast.shopper.page.route('**/orders/me', () => undefined);
    const wire = await liveByWire(cast);
    wire.holdToPage(confirmedFrame);
    await cast.shopper.buy.click();
  },
  confirmed: async (cast) => {
    await bought(cast);
  },
  lost: async ({ operator, shopper, crowd }) => {
    const wire = await Wire.between(shopper.page);
    await operator.start({ quantity: 1 });
    await shopper.open();
    wire.holdToPage(/^42\["(stock|sale)"/);
    const [quicker] = await crowd(1);
    expect(await quicker?.buy()).toMatchObject({ ok: true });
    await wire.expectHeld(/^42\["stock"/);
    await shopper.buy.click();
    await shopper.expectState('lost');
    wire.release();
    await shopper.expectRemaining(0);
  },
  sold_out: async ({ operator, shopper, crowd }) => {
    await operator.start({ quantity: 1 });
    await shopper.open();
    const [quicker] = await crowd(1);
    expect(await quicker?.buy()).toMatchObject({ ok: true });
  },
  already_purchased: async (cast) => {
    const wire = await Wire.between(cast.shopper.page);
    wire.holdToPage(/^42\["order"/);
    await live(cast);
    const [elsewhere] = await cast.crowd(1, { customerId: cast.shopper.customerId });
    expect(await elsewhere?.buy()).toMatchObject({ ok: true });
    await expect.poll(() => elsewhere?.orders.at(-1)?.status).toBe('confirmed');
    await cast.shopper.expectRemaining(999);
    await cast.shopper.buy.click();
  },
  rate_limited: async (cast) => {
    await live(cast);
    const [elsewhere] = await cast.crowd(1, { customerId: cast.shopper.customerId });
    for (let press = 0; press < buysPerWindow; press += 1) {
      expect(await elsewhere?.buy({ saleId: 'another-sale' })).toMatchObject({ code: 'sale_not_active' });
    }
    await cast.shopper.buy.click();
  },
  too_early: async ({ operator, shopper }) => {
    const wire = await Wire.between(shopper.page);
    const sale = await operator.start({ quantity: 1000 });
    await shopper.open();
    await expect(shopper.buy).toBeEnabled();
    // The page has not heard yet that the opening was moved.
    wire.holdToPage(/^42\["sale"/);
    await operator.reschedule(sale.id, inSeconds(600));
    await wire.expectHeld(/^42\["sale"/);
    await shopper.buy.click();
  },
  reconnecting: async (cast) => {
    const wire = await liveByWire(cast);
    await wire.cut();
  },
  offline: async (cast) => {
    await live(cast);
    await cast.shopper.context.setOffline(true);
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
  signed_out: async (cast) => {
    await live(cast);
    await cast.shopper.page.getByRole('button', { name: 'Sign out' }).click();
    await cast.shopper.page.getByRole('button', { name: 'Sign in to buy' }).click();
  },
  unavailable: async (cast) => {
    await live(cast);
    await cast.shop.redis.kill();
  },
  revoked: async ({ shop, operator, shopper, crowd }) => {
    const wire = await Wire.between(shopper.page);
    await operator.start({ quantity: 1 });
    await shopper.open();
    await expect(shopper.buy).toBeEnabled();
    await shop.mongodb.kill();
    await shopper.buy.click();
    await shopper.expectState('claimed');
    // Only the page still knows of the claim: no node, not Redis, and MongoDB never did.
    await wire.cut();
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
    wire.mend();
  },
  blocked: async (cast) => {
    await live(cast);
    await cast.operator.block(cast.shopper.customerId);
  },
  cancelled: async (cast) => {
    const orderId = await bought(cast);
    await cast.operator.cancel(orderId);
  },
} satisfies Record<string, (cast: Cast) => Promise<void>>;

export type SceneName = keyof typeof scenes;
export const sceneNames = Object.keys(scenes) as SceneName[];

/** Those that end by themselves, and what is said of the time in them. */
const passing: ReadonlySet<SceneName> = new Set([
  'loading',
  'claiming',
  'rate_limited',
  'too_early',
  'reconnecting',
  'unknown',
]);

export async function play(name: SceneName, cast: Cast): Promise<void> {
  if (passing.has(name)) {
    await makeTimeHoldable(cast.shopper.page);
  }
  await scenes[name](cast);
  await cast.shopper.expectState(name);
  if (passing.has(name)) {
    await holdTime(cast.shopper.page);
  }
  await movementsEnd(cast.shopper);
  await cast.shopper.expectState(name);
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
