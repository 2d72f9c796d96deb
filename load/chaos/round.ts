import { setTimeout as delay } from 'node:timers/promises';
import type { Sale } from '@flipzon/protocol/schemas.ts';
import type { Api, SaleWishes } from './api.ts';
import type { Environment } from './environment.ts';
import { type Fault, faults } from './faults.ts';
import { type Judgement, judge } from './judge.ts';
import { nothingOperated, type Operated, operateSale } from './operator.ts';
import type { Random } from './random.ts';
import { ask, lookForConfirmations, type Parts, press, type Told } from './shoppers.ts';

const quantity = 60;
const shoppers = 90;
const spreadMs = 4_000;
const faultsMax = 3;
const replaysMax = 10;
/** After the last fault everything must have settled within this; it takes seconds. */
const settleMsMax = 60_000;

export interface Round {
  faults: string[];
  /** What the operator did, in order. */
  actions: string[];
  told: readonly Told[];
  kills: number;
  claimed: number;
  confirmedSeen: number;
  settledMs: number;
  judgement: Judgement;
}

/** One sale, its shoppers, up to three faults at once, then the judgement. */
export async function playRound(environment: Environment, api: Api, random: Random): Promise<Round> {
  const sale = await startSale(environment, api, { quantity });
  const told = shoppersOf(sale);
  const struck = Array.from({ length: random.between(1, faultsMax) }, () => random.pick(faults));
  const operated = nothingOperated();
  const parts = { environment, api, random, isOver: () => operated.over };
  const pressing = press(parts, told, spreadMs, Date.now() + settleMsMax * 2);
  let over = false;
  const watching = (async () => {
    while (!over) {
      await lookForConfirmations(parts, sale.id, told);
      await delay(100);
    }
  })();
  const operating = operateSale(parts, sale, operated, Date.now() + settleMsMax * 2);
  const second = operating.then(() => pressInNext({ environment, api, random }, operated.next));
  let kills = 0;
  // One after the other, because two faults may need the same process; together they cover every phase of the sale.
  for (const fault of struck) {
    await delay(random.between(0, spreadMs / faultsMax));
    kills += await fault.strike(environment, random);
  }
  const healedAt = Date.now();
  await Promise.all([operating, pressing]);
  const until = healedAt + settleMsMax * 2;
  /** Units of revoked claims, or of an unanswered restock, are on sale again: all shoppers repeat their request. */
  const askAgain = async () => {
    for (const shopper of told) {
      if (!(await ask(parts, shopper, until))) throw new Error(`${shopper.customerId} got no answer`);
    }
  };
  await askAgain();
  over = true;
  await watching;
  const judgement = await settled(parts, { sale, told, operated, askAgain }, until);
  judgement.broken.push(...(await replay(parts, told, until)), ...(await second));
  return {
    faults: struck.map((fault: Fault) => fault.name),
    actions: operated.done,
    told,
    kills,
    claimed: told.filter((shopper) => shopper.claimed !== null).length,
    confirmedSeen: told.filter((shopper) => shopper.confirmed !== null).length,
    settledMs: Date.now() - healedAt,
    judgement,
  };
}

function shoppersOf(sale: Sale): Told[] {
  return Array.from({ length: shoppers }, (_, index): Told => {
    const customerId = `${sale.id}-${index}`;
    return { customerId, requestId: `${customerId}-only`, claimed: null, confirmed: null, saleId: sale.id };
  });
}

/**
 * Shoppers press in the sale that has taken the page, while faults continue and those of the previous sale still retry. Returns what is broken
 * there.
 */
async function pressInNext(parts: Parts, sale: Sale | null): Promise<string[]> {
  if (sale === null) return [];
  const told = shoppersOf(sale);
  const until = Date.now() + settleMsMax * 2;
  await press(parts, told, spreadMs, until);
  await lookForConfirmations(parts, sale.id, told);
  const askAgain = async () => {
    for (const shopper of told) await ask(parts, shopper, until);
  };
  const { broken } = await settled(parts, { sale, told, askAgain }, until);
  return broken.map((what) => `second sale: ${what}`);
}

/** The same request must get the same answer, even if its order was cancelled, and across sales. Returns a complaint for each one that does not. */
export async function replay(parts: Parts, told: readonly Told[], until: number): Promise<string[]> {
  const { environment, api, random } = parts;
  const held = told.flatMap(({ customerId, requestId, confirmed }) =>
    confirmed === null ? [] : [{ customerId, requestId, confirmed }],
  );
  const wrong: string[] = [];
  for (let left = Math.min(replaysMax, held.length); left > 0; left--) {
    const { customerId, requestId, confirmed } = random.pick(held);
    for (;;) {
      const answer = await api.buy(random.pick(environment.nodes).url, customerId, requestId);
      const order = answer?.status === 201 ? answer.body.order : undefined;
      if (order?.id === confirmed.id && order.unit === confirmed.unit) break;
      const again = answer === null || answer.status === 503 || answer.status === 429;
      if (again && Date.now() < until) {
        await delay(answer?.body.retryAfterMs ?? 200);
        continue;
      }
      const got = order?.id ?? answer?.body.code ?? 'no answer';
      wrong.push(`${new Date().toISOString()} request ${requestId} of order ${confirmed.id} now gets ${got}`);
      break;
    }
  }
  return wrong;
}

export async function startSale(
  environment: Parts['environment'],
  api: Api,
  wishes: SaleWishes,
): Promise<Sale> {
  for (let attempt = 0; attempt < 50; attempt++) {
    const answer = await api.start(environment.nodes[attempt % environment.nodes.length]?.url ?? '', wishes);
    if (answer?.body.sale !== undefined) return answer.body.sale;
    await delay(200);
  }
  throw new Error('no sale could be started');
}

interface Settling {
  sale: Sale;
  told: readonly Told[];
  operated?: Operated | null;
  /** Called while units are unsold that shoppers would have bought. */
  askAgain?: () => Promise<void>;
}

/** The judgement once the outbox is empty; the last one that there was, when it never is. */
export async function settled(
  { environment, api }: Pick<Parts, 'environment' | 'api'>,
  { sale, told, operated = null, askAgain }: Settling,
  until: number,
): Promise<Judgement> {
  for (;;) {
    const url = environment.nodes[0]?.url ?? '';
    const audit = await api.audit(url, sale.id);
    const orders = await api.orders(url, sale.id);
    if (audit !== null && orders !== null) {
      const judgement = judge({ quantity: sale.quantity, told, operated }, audit, orders);
      if (audit.outbox > 0) judgement.broken.push(`${audit.outbox} claims not written`);
      if (judgement.broken.length === 0 || Date.now() > until) return judgement;
      if (judgement.unsold > 0) await askAgain?.();
    } else if (Date.now() > until) throw new Error('the audit gives no answer');
    await delay(200);
  }
}
