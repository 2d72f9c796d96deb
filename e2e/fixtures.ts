import { randomBytes } from 'node:crypto';
import type { Role } from '@flipzon/protocol/identity.ts';
import { type BrowserContextOptions, test as base, expect } from '@playwright/test';
import { type CrowdMember, joinCrowd } from './support/crowd.ts';
import { openShop, type Shop } from './support/open-shop.ts';
import { OperatorConsole } from './support/operator-console.ts';
import { createOperator, type Operator } from './support/shop-api.ts';
import { Shopper } from './support/shopper.ts';

export { expect };

/** Browsers cost far more than sockets: for more shoppers, use `crowd`. */
const shoppersMax = 10;
const logCharactersMax = 20_000;
/** While the nodes find what has come back. */
const patience = { timeout: 20_000 };
/** Where the page keeps its customer's token. */
const tokenKey = 'flipzon.token';
/** And the console its operator's. */
const operatorKey = 'flipzon.operator';

interface ShopperOptions extends BrowserContextOptions {
  /** Which node serves the page and its socket; by default one after the other. */
  node?: 0 | 1;
  /** Another way to the nodes. */
  url?: string;
  /** One customer for all of them; by default each is a new one. */
  customerId?: string;
  /** A token to come with instead of a good one; null is a spectator's. */
  token?: string | null;
}

interface OperatorConsoleOptions extends BrowserContextOptions {
  node?: 0 | 1;
  role?: Role;
}

type Shoppers = (count: number, options?: ShopperOptions) => Promise<Shopper[]>;
type Crowd = (count: number, options?: { node?: 0 | 1; customerId?: string }) => Promise<CrowdMember[]>;

interface TestFixtures {
  operator: Operator;
  shoppers: Shoppers;
  shopper: (options?: ShopperOptions) => Promise<Shopper>;
  /** An operator's browser; it depends on `operator`, which cleans up its sale. */
  operatorConsole: (operatorId: string, options?: OperatorConsoleOptions) => Promise<OperatorConsole>;
  crowd: Crowd;
  everythingRuns: undefined;
}

export const test = base.extend<TestFixtures, { shop: Shop }>({
  shop: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads from the pattern what a fixture needs.
    async ({}, use) => {
      await using shop = await openShop();
      await use(shop);
    },
    { scope: 'worker', timeout: 120_000 },
  ],

  everythingRuns: [
    async ({ shop }, use, testInfo) => {
      await use(undefined);
      if (testInfo.status !== testInfo.expectedStatus) {
        for (const [name, log] of Object.entries(await shop.logs())) {
          await testInfo.attach(`${name}.log`, { body: log.slice(-logCharactersMax) });
        }
      }
      await storesComeBack(shop);
      for (const [index, node] of shop.nodes.entries()) {
        if (!node.running) {
          await shop.restart(index as 0 | 1);
        }
        await expect.poll(async () => (await fetch(`${node.url}/readyz`)).status).toBe(200);
      }
    },
    { auto: true },
  ],

  operator: async ({ shop }, use) => {
    const operator = await createOperator(shop);
    const started: string[] = [];
    await use({
      ...operator,
      async start(wishes) {
        const sale = await operator.start(wishes);
        started.push(sale.id);
        return sale;
      },
    });
    await storesComeBack(shop);
    // Whatever a test did, its last sale must add up.
    const last = started.at(-1);
    if (last !== undefined) {
      await expect(async () => {
        const { checks } = await operator.audit(last);
        expect(checks.filter((check) => !check.holds)).toEqual([]);
      }).toPass(patience);
      // A test may have set up another one on the page itself.
      await expect(async () => {
        const { id, status } = await operator.onShow();
        if (status !== 'ended') await operator.end(id, 'the test is over');
      }).toPass(patience);
    }
  },

  shoppers: async ({ shop, browser }, use) => {
    const all: Promise<Shopper>[] = [];
    const enter = async (node: 0 | 1, options: ShopperOptions): Promise<Shopper> => {
      const { customerId = newCustomerId(), token, node: _, url = shop.nodes[node].url, ...more } = options;
      const value = token === undefined ? await shop.token(customerId) : token;
      const localStorage = value === null ? [] : [{ name: tokenKey, value }];
      const context = await browser.newContext({
        storageState: { cookies: [], origins: [{ origin: url, localStorage }] },
        // Without a graphics card, what moves on ten pages takes the time of the nodes; a test that is about it says so.
        reducedMotion: 'reduce',
        ...more,
      });
      return Shopper.enter(context, customerId, url);
    };
    await use((count, options = {}) => {
      if (all.length + count > shoppersMax) {
        throw new Error(`more than ${shoppersMax} browsers: let the crowd do that`);
      }
      const entering = Array.from({ length: count }, (_, index) =>
        enter(options.node ?? (((all.length + index) % 2) as 0 | 1), options),
      );
      all.push(...entering);
      return Promise.all(entering);
    });
    const entered = await Promise.all(all);
    await Promise.all(entered.map((shopper) => shopper.context.close()));
  },

  shopper: async ({ shoppers }, use) => {
    await use(async (options) => {
      const [shopper] = await shoppers(1, options);
      return shopper as Shopper;
    });
  },

  operatorConsole: async ({ shop, browser, operator: _ }, use) => {
    const all: OperatorConsole[] = [];
    await use(async (operatorId, { node = 0, role = 'operator', ...options } = {}) => {
      const { url } = shop.nodes[node];
      const localStorage = [{ name: operatorKey, value: await shop.token(operatorId, role) }];
      const context = await browser.newContext({
        storageState: { cookies: [], origins: [{ origin: url, localStorage }] },
        reducedMotion: 'reduce',
        ...options,
      });
      const operatorConsole = await OperatorConsole.enter(context, operatorId, url);
      all.push(operatorConsole);
      return operatorConsole;
    });
    await Promise.all(all.map((operatorConsole) => operatorConsole.context.close()));
  },

  crowd: async ({ shop }, use) => {
    const all: CrowdMember[] = [];
    await use(async (count, { node = 0, customerId } = {}) => {
      const members = await Promise.all(
        Array.from({ length: count }, async () => {
          const id = customerId ?? newCustomerId();
          return joinCrowd(shop.nodes[node].url, id, await shop.token(id));
        }),
      );
      all.push(...members);
      return members;
    });
    for (const member of all) {
      member.leave();
    }
  },
});

/** What a test has killed; nothing, most of the time. */
async function storesComeBack(shop: Shop): Promise<void> {
  await shop.redis.comeBack();
  await shop.mongodb.comeBack();
}

/** New ones in each test: the shop limits the presses of a customer, whatever the test. */
function newCustomerId(): string {
  return `customer-${randomBytes(4).toString('hex')}`;
}
