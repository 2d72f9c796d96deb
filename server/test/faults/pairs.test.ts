import { planBody, startBody } from '@flipzon/protocol/sale-terms.ts';
import type { BuyAnswer, Order } from '@flipzon/protocol/schemas.ts';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { SaleOutcome } from '../../src/operator/outcome.ts';
import { preparedBeforeMs } from '../../src/operator/plan-scheduler.ts';
import type { OutboxEntry } from '../../src/sale/ledger-ports.ts';
import type { Claim } from '../../src/sale/order.ts';
import type { SalePlan } from '../../src/sale/sale-plan.ts';
import { type FakeNode, FakeShop } from '../_support/fake-shop.ts';
import { createRandom } from '../_support/random.ts';
import { type CallFault, type Choose, callFaults, meetings, Turns } from '../_support/turns.ts';

/*
 * Every two things that can happen to a sale, on two nodes, in every order in which their calls of the stores can meet when each is
 * interrupted once. Afterwards every answer that was given must be true.
 */

// Its timers are the test's as well.
vi.mock('node:timers/promises', () => ({
  setTimeout: (ms: number) => new Promise((resolve) => setTimeout(resolve, ms)),
}));

beforeAll(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'performance'] });
});
afterAll(() => {
  vi.useRealTimers();
});

/** Of each pair; thousands are possible where both take long, and all of them are played with `PAIRS_MAX=10000`. */
const meetingsMax = Number(process.env.PAIRS_MAX ?? 12);

const request = { by: 'olga', expectedVersion: null };

interface Scene extends Disposable {
  shop: FakeShop;
  turns: Turns;
  one: FakeNode;
  two: FakeNode;
  saleId: string;
  planId: string;
  /** As a node has read it when its turn was near. */
  plan: SalePlan;
  /** Claimed in an epoch that Redis has lost: a writer that was slow has it in hand. */
  late: OutboxEntry[];
  /** Claimed in that epoch, and lost with it: its customer has a receipt. */
  forgotten: Claim;
  answers: Map<string, BuyAnswer>;
  /** What happened, in its order: `claimed SALE CUSTOMER`, `acknowledged OPERATION`. */
  events: string[];
}

const buy = async (scene: Scene, node: FakeNode, customer: string): Promise<BuyAnswer> => {
  const answer = await node.buy(customer, { requestId: `request-of-${customer}` });
  if (answer.ok && !scene.answers.has(customer)) scene.answers.set(customer, answer);
  return answer;
};

type Operation = (scene: Scene, node: FakeNode) => Promise<boolean>;

/** After these, nothing more is sold. */
const closing = ['pause', 'end', 'start', 'activate'];

const succeeded = (outcome: SaleOutcome) => outcome.ok;

const operations: Record<string, Operation> = {
  claim: async (scene, node) => (await buy(scene, node, `new-at-${node.name}`)).ok,
  write: (_, node) => node.write().then(() => true),
  cancel: async ({ saleId }, node) => (await node.cancel(`${saleId}:confirmed:1`, undefined, 'olga')).ok,
  again: async (scene, node) => (await buy(scene, node, 'confirmed')).ok,
  adopt: ({ saleId, late }, node) => node.persistLate({ saleId, epoch: 1 }, late).then(() => true),
  restore: ({ forgotten }, node) => node.present(forgotten).then(() => true),
  restock: ({ saleId }, node) => node.operate.restock(saleId, { units: 2 }, request).then(succeeded),
  pause: ({ saleId }, node) => node.operate.pause(saleId, undefined, request).then(succeeded),
  end: ({ saleId }, node) => node.operate.end(saleId, undefined, request).then(succeeded),
  start: (_, node) =>
    node.operate.start(startBody.parse({ quantity: 2, startsAt: 'now' }), request).then(succeeded),
  unplan: ({ planId }, node) => node.plans.unplan(planId, 'olga').then(({ ok }) => ok),
  prepare: async ({ shop, plan }, node) => {
    await node.succession.prepare(plan, shop.now() + preparedBeforeMs, node.current.snapshot?.sale ?? null);
    return shop.mongo.byId(plan.id) !== null;
  },
  activate: ({ planId }, node) => node.plans.activate(planId, request).then(succeeded),
  recover: ({ shop }, node) => {
    shop.loseScripts();
    return node.reconciler.recover().then(() => true);
  },
  alarm: ({ shop, saleId }, node) => {
    // A look finds a script missing that is there.
    shop.redisOf(saleId).alarms = 1;
    return node.reconciler.recover().then(() => true);
  },
  wipe: ({ shop }, node) => {
    shop.wipe();
    return node.reconciler.recover().then(() => true);
  },
  seal: ({ shop, saleId }, node) => {
    shop.later(2_000);
    return node.sealSale(saleId, true).then(() => true);
  },
};

async function setScene(quantity: number): Promise<Scene> {
  const turns = new Turns();
  const shop = new FakeShop();
  const [one, two] = [shop.node('one', turns.of('one')), shop.node('two', turns.of('two'))];
  const events: string[] = [];
  shop.onClaim = ({ saleId, customerId }) => void events.push(`claimed ${saleId} ${customerId}`);
  await turns.run(one.operate.start(startBody.parse({ quantity, startsAt: 'now' }), request).then(succeeded));
  const saleId = one.current.at?.saleId ?? '';
  const scene: Scene = {
    ...{
      shop,
      turns,
      one,
      two,
      saleId,
      events,
      planId: '',
      plan: {} as SalePlan,
      late: [],
      answers: new Map(),
    },
    forgotten: {} as Claim,
    [Symbol.dispose]: () => shop[Symbol.dispose](),
  };
  await buy(scene, one, 'confirmed');
  await one.write();
  // Two more claims, one in the hands of a slow writer and one of no writer, when Redis loses its data; the node that answered them is gone.
  const third = shop.node('third', turns.of('third'));
  await third.reconciler.refresh();
  const outboxed = async (customer: string) => {
    await buy(scene, third, customer);
    return third.outbox.read({ saleId, epoch: 1 }, 9, 0);
  };
  // With few units, the one of the late claim has another holder by then.
  if (quantity === 3) scene.late = await outboxed('late');
  const [forgotten] = await outboxed('forgotten');
  scene.forgotten = forgotten?.claim as Claim;
  if (quantity !== 3) scene.late = await outboxed('late');
  third.close();
  shop.nodes.pop();
  shop.wipe();
  await turns.run(one.reconciler.recover());
  await buy(scene, two, 'waiting');
  const plan = await one.plans.plan(
    planBody.parse({ quantity: 2, startsAt: new Date(shop.now() + 60_000).toISOString() }),
    'olga',
  );
  if (plan.ok) Object.assign(scene, { plan: plan.plan, planId: plan.plan.id });
  return scene;
}

/** Two operations, each on its own node. Returns how many turns each took, and differences from the answers. */
async function play(
  [first, second]: readonly [string, string],
  quantity: number,
  choose?: Choose,
  fault: CallFault | null = null,
): Promise<{ turns: Record<string, number>; wrong: string[]; log: string[] }> {
  using scene = await setScene(quantity);
  const { turns, events, one, two } = scene;
  const begin = async (name: string, node: FakeNode): Promise<void> => {
    const ok = await (operations[name] as Operation)(scene, node).catch(() => false);
    events.push(`${ok ? 'acknowledged' : 'refused'} ${name}`);
  };
  turns.free = false;
  turns.fault = fault;
  const open = new Set<string>();
  turns.onTurn = () => {
    if (!scene.shop.sells(scene.saleId)) return;
    for (const name of closing)
      if (events.includes(`acknowledged ${name}`)) open.add(`it would sell after an acknowledged ${name}`);
  };
  await turns.run(Promise.all([begin(first, one), begin(second, two)]), choose);
  const log = turns.log;
  turns.free = true;
  const count = (name: string) => log.filter((entry) => entry.startsWith(`${name} `)).length;
  const used = { one: count('one'), two: count('two') };
  await calmDown(scene);
  return {
    turns: used,
    wrong: [...open, ...(await whatIsWrong(scene, [first, second], fault !== null))],
    log,
  };
}

/** What nodes and customers do by themselves once nothing else happens. */
async function calmDown(scene: Scene): Promise<void> {
  const { one, two, turns, saleId, late, forgotten } = scene;
  const successor = await one.sales.successor();
  if (successor !== null) {
    // Both hear of it, and then its time comes.
    for (const node of [one, two]) await turns.run(node.reconciler.refresh());
    scene.shop.later(preparedBeforeMs);
    await turns.run(one.succession.finish(successor));
  }
  for (let round = 0; round < 3; round++) {
    for (const node of [one, two]) await turns.run(node.reconciler.refresh());
    await turns.pass(3_000);
    await one.persistLate({ saleId, epoch: 1 }, late).catch(() => undefined);
    await one.present(forgotten);
    for (const node of [one, two]) await node.write().catch(() => undefined);
    // As the seal worker does for a sale that another one has replaced.
    for (const id of scene.shop.mongo.cancellations.values()) await turns.run(one.cancel.finish(id));
    scene.shop.later(2_000);
    if (one.current.at?.saleId !== saleId) await one.sealSale(saleId, true);
  }
}

async function whatIsWrong(scene: Scene, played: readonly string[], faulty: boolean): Promise<string[]> {
  const { shop, one, two, saleId, events, answers } = scene;
  const wrong: string[] = [];
  const replaced = one.current.at?.saleId !== saleId;
  for (const sale of shop.mongo.sales) {
    const audit = await one.audit(sale.id);
    for (const { invariant, holds } of audit?.checks ?? [])
      if (!holds)
        wrong.push(`audit of ${sale.id === saleId ? 'the first' : 'the second'} sale: ${invariant}`);
  }
  const acknowledged = (name: string) => events.indexOf(`acknowledged ${name}`);
  for (const name of closing) {
    const at = acknowledged(name);
    if (at === -1) continue;
    if (events.slice(at).some((event) => event.startsWith(`claimed ${saleId}`)))
      wrong.push(`a claim after an acknowledged ${name}`);
  }
  const starts = played.filter((name) => ['start', 'activate', 'prepare'].includes(name));
  const started = events.filter((event) => /^acknowledged (start|activate|prepare)$/.test(event));
  // A plan that is prepared twice, or prepared and activated, is one sale.
  const won =
    played.includes('prepare') && !played.includes('start') ? Math.min(started.length, 1) : started.length;
  // Two succeed only when one begins after the other; then the one has replaced the other's sale.
  const unplanned = acknowledged('unplan') !== -1;
  // A preparation leaves a sale alone that has been changed since.
  const mayFail = faulty || unplanned || played.includes('prepare');
  if (starts.length > 0 && won === 0 && !mayFail) wrong.push('no start succeeded');
  if (unplanned && shop.mongo.byId(scene.planId) !== null)
    wrong.push('a plan that was dropped became a sale');
  // A node that fails in between leaves the end that it has set.
  if (unplanned && !faulty && played.includes('prepare') && shop.mongo.byId(saleId)?.terms.endsAt !== null)
    wrong.push('a plan that was dropped ended the sale before it');
  const made = shop.mongo.sales.length - 1;
  // What got no answer may have happened.
  if (made < won || made > (faulty ? starts.length : won)) wrong.push(`${won} starts made ${made} sales`);
  // Every claim that was acknowledged is an order, or was taken back and said so.
  for (const [customer, answer] of answers) {
    if (!answer.ok) continue;
    // A receipt is good until another sale takes the page.
    if (customer === 'forgotten' && replaced) continue;
    const { order } = answer;
    const stored = shop.mongo.orders.get(order.id);
    const last = shop.notified.findLast(({ id }) => id === order.id);
    if (stored === undefined && last?.status !== 'revoked')
      wrong.push(`${customer} has no order, and got ${last?.status}`);
    if (stored !== undefined && stored.unit !== order.unit && last?.unit !== stored.unit)
      wrong.push(`${customer} got unit ${last?.unit} and has ${stored.unit}`);
  }
  if (acknowledged('cancel') !== -1 && shop.mongo.orders.get(`${saleId}:confirmed:1`)?.status !== 'cancelled')
    wrong.push('cancelled, and not cancelled');
  // The same request gets the same answer, on any node.
  for (const node of [one, two]) {
    for (const [customer, answer] of answers) {
      // What Redis has lost and came back after another sale had taken the page is not known there.
      if (!answer.ok || (replaced && ['late', 'forgotten'].includes(customer))) continue;
      const again = await node.buy(customer, { requestId: `request-of-${customer}` });
      const stored = shop.mongo.orders.get(answer.order.id);
      if (again.ok && !isHeld(shop, again.order))
        wrong.push(`${customer} does not hold what the same request gets`);
      if (again.ok && again.order.id !== answer.order.id)
        wrong.push(`the request of ${customer} bought again`);
      if (stored?.status === 'confirmed' && !again.ok)
        wrong.push(`the request of ${customer} now gets ${again.code}`);
    }
  }
  if (acknowledged('pause') !== -1 || acknowledged('end') !== -1) {
    for (const node of [one, two]) {
      const answer = await node.buy(`afterwards-at-${node.name}`, { requestId: 'afterwards' });
      if (!replaced && (answer.ok || answer.code !== 'sale_not_active'))
        wrong.push(`it sells on: ${answer.ok || answer.code}`);
    }
  }
  return wrong;
}

/** Revoked, they may have got another one by asking again. */
function isHeld({ redisOf, mongo }: FakeShop, { id, saleId, customerId }: Order): boolean {
  const keys = redisOf(saleId).epochs.get(mongo.epochOf(saleId));
  return mongo.orders.has(id) || keys?.holders.has(`1:${customerId}`) === true;
}

const names = Object.keys(operations);
const pairs = names.flatMap((first, index) => names.slice(index).map((second) => [first, second] as const));

describe.each([3, 6])('of a sale with %i units', (quantity) => {
  it.each(pairs)('%s and %s keep every promise, in whatever order they meet', async (first, second) => {
    const random = createRandom();
    const { turns } = await play([first, second], quantity);
    const found: Record<string, string> = {};
    for (const { choose, name } of meetings(turns, meetingsMax, random)) {
      const { wrong } = await play([first, second], quantity, choose);
      for (const each of wrong) found[each] ??= name;
    }
    // The same while a call of one of the two is lost, answered by silence, or carried out twice.
    for (const { choose, name } of meetings(turns, meetingsMax / 2, random)) {
      const [who] = random.some(['one', 'two'], 1) as ['one' | 'two'];
      const [kind] = random.some(callFaults, 1) as [CallFault['kind']];
      const fault: CallFault = { name: who, at: random.between(0, (turns[who] as number) - 1), kind };
      const { wrong } = await play([first, second], quantity, choose, fault);
      for (const each of wrong) found[each] ??= `${name}; call ${fault.at} of ${who}: ${kind}`;
    }
    expect(found).toEqual({});
  });
});

const changes: Record<string, Operation> = {
  ...Object.fromEntries(
    ['pause', 'end', 'restock', 'start', 'activate'].map((name) => [name, operations[name] as Operation]),
  ),
  reschedule: ({ shop, saleId }, node) =>
    node.operate
      .change(saleId, { endsAt: new Date(shop.now() + 3_600_000).toISOString() }, request)
      .then(succeeded),
};

it.each(Object.keys(changes))(
  'the other nodes hear of %s at once, before they look by themselves',
  async (name) => {
    using scene = await setScene(6);
    const { one, two, turns } = scene;
    expect(await (changes[name] as Operation)(scene, one)).toBe(true);
    await turns.run(Promise.resolve());
    expect(two.current.snapshot?.sale).toEqual(one.current.snapshot?.sale);
    expect(two.current.snapshot?.sale).toEqual(await one.sales.current());
  },
);
