import { setTimeout as delay } from 'node:timers/promises';
import type { AuditReport } from '@flipzon/protocol/audit-schemas.ts';
import type { SaleReport } from '@flipzon/protocol/report-schemas.ts';
import type { Api } from '../chaos/api.ts';
import type { Environment } from '../chaos/environment.ts';
import type { Judgement } from '../chaos/judge.ts';
import type { Random } from '../chaos/random.ts';
import { settled, startSale } from '../chaos/round.ts';
import { ask, lookForConfirmations, type Parts, press, type Told } from '../chaos/shoppers.ts';
import { Latencies, type Percentiles } from '../crowd/measure/latencies.ts';
import { type CheckedSeal, checkSeal } from './check-seal.ts';
import type { RehearsedFault } from './faults.ts';

const settleMsMax = 90_000;
const readyMsMax = 60_000;

export interface Plan {
  shoppers: number;
  quantity: number;
  spreadS: number;
}

export interface Struck {
  name: string;
  /** From the fault until what it hit ran again. */
  downMs: number;
  /** From the fault until every node was ready again: its stores answered, and the sale could be bought from. Null: not in time. */
  recoveredMs: number | null;
}

export interface Performance {
  saleId: string;
  claimed: number;
  confirmedSeen: number;
  answers: Record<string, number>;
  latency: { claimed: Percentiles; other: Percentiles };
  faults: Struck[];
  settledMs: number;
  judgement: Judgement;
  audit: AuditReport | null;
  seal: CheckedSeal | null;
  report: SaleReport | null;
}

/** A whole sale, from its opening to its seal, with these faults one after the other while shoppers press. */
export async function play(
  { environment, api, random }: { environment: Pick<Environment, 'nodes'>; api: Api; random: Random },
  faults: readonly RehearsedFault[],
  { shoppers, quantity, spreadS }: Plan,
  onStep: (says: string) => void,
): Promise<Performance> {
  const latencies = new Latencies();
  const answers: Record<string, number> = {};
  const parts: Parts = {
    environment,
    api,
    random,
    onAnswer: (code, tookMs) => {
      answers[code] = (answers[code] ?? 0) + 1;
      latencies.record(code === 'claimed' ? 'httpClaim' : 'httpAnswer', tookMs);
    },
  };
  const sale = await startSale(environment, api, { quantity, name: 'Dress rehearsal', simulated: true });
  onStep(`sale ${sale.id}: ${quantity} units, ${shoppers} shoppers over ${spreadS} s`);
  const told = Array.from({ length: shoppers }, (_, index): Told => {
    const customerId = `rehearsal-${index}`;
    return { customerId, requestId: `${sale.id}-${customerId}`, claimed: null, confirmed: null };
  });
  const until = Date.now() + spreadS * 1_000 + settleMsMax;
  const pressing = press(parts, told, spreadS * 1_000, until);
  let over = false;
  const watching = (async () => {
    for (; !over; await delay(100)) await lookForConfirmations(parts, sale.id, told);
  })();
  const struck: Struck[] = [];
  for (const fault of faults) {
    await delay((spreadS * 1_000) / (2 * faults.length));
    const at = performance.now();
    await fault.strike(random);
    const downMs = Math.round(performance.now() - at);
    const ready = await allReady(environment, api);
    const recoveredMs = ready ? Math.round(performance.now() - at) : null;
    struck.push({ name: fault.name, downMs, recoveredMs });
    onStep(`${fault.name}: down for ${downMs} ms, ready again after ${recoveredMs ?? '–'} ms`);
  }
  const healedAt = Date.now();
  await pressing;
  // Units of claims that were taken back are on sale again: all shoppers repeat their request.
  const unanswered: string[] = [];
  for (const shopper of told) if (!(await ask(parts, shopper, until))) unanswered.push(shopper.customerId);
  over = true;
  await watching;
  const judgement = await settled(parts, { sale, told }, Date.now() + settleMsMax);
  if (unanswered.length > 0) judgement.broken.push(`${unanswered.length} shoppers without an answer`);
  const settledMs = Date.now() - healedAt;
  const url = environment.nodes[0]?.url ?? '';
  const orderIds = ((await api.orders(url, sale.id)) ?? []).map(({ id }) => id);
  const seal = await checkSeal(api, url, { id: sale.id, orderIds }, Date.now() + settleMsMax);
  return {
    saleId: sale.id,
    claimed: told.filter((shopper) => shopper.claimed !== null).length,
    confirmedSeen: told.filter((shopper) => shopper.confirmed !== null).length,
    answers,
    latency: { claimed: latencies.percentiles('httpClaim'), other: latencies.percentiles('httpAnswer') },
    faults: struck,
    settledMs,
    judgement,
    audit: await api.audit(url, sale.id),
    seal,
    report: await api.read<SaleReport>(url, `/sales/${sale.id}/report`),
  };
}

async function allReady({ nodes }: Pick<Environment, 'nodes'>, api: Api): Promise<boolean> {
  for (const until = Date.now() + readyMsMax; Date.now() < until; await delay(25)) {
    const states = await Promise.all(nodes.map(({ url }) => api.read(url, '/readyz')));
    if (states.every((state) => state !== null)) return true;
  }
  return false;
}
