import type { Options } from './arguments.ts';
import { localNowMs } from './clock.ts';
import type { ConnectedReport } from './messages.ts';
import { tooManySockets } from './open-files.ts';
import type { Processes } from './processes.ts';
import { showProgress } from './progress.ts';
import { machine, mergeBought, mergeWatched, type Result } from './result.ts';
import { joinSale, scheduleSale } from './sale-plan.ts';
import { cutShards } from './shards.ts';
import { agreedSales, Shop, settledAudit } from './shop.ts';
import { increment, sum } from './tally.ts';
import { planTokens } from './token-plan.ts';
import { judge } from './verdict.ts';

export type Ran = { ok: true; result: Result } | { ok: false; message: string };

const settleMs = 10_000;
const auditMs = 15_000;
/** What the children may take beyond the time they were given, to say so. */
const graceMs = 15_000;

/** One run of the crowd, from the first connection to the verdict. */
export async function run(options: Options, processes: Processes, env: NodeJS.ProcessEnv): Promise<Ran> {
  const startedAt = new Date().toISOString();
  const timeoutMs = options.timeoutS * 1000;
  const clients = options.buyers + options.spectators;
  const shops = options.url.map((url) => new Shop(url));
  const [shop] = shops as [Shop];

  const cramped = tooManySockets(clients, options.processes);
  if (cramped !== null) return { ok: false, message: cramped };
  for (const { url, status } of await Promise.all(
    shops.map(async (s) => ({ url: s.url, status: await s.status() })),
  )) {
    if (!status.ok && status.status === 0)
      return { ok: false, message: `No shop at ${url}: ${status.message}. Is it running (npm start)?` };
  }
  const tokens = await planTokens(shop, options.secretFile, env);
  if (!tokens.ok) return { ok: false, message: tokens.message };

  const connectingAtMs = performance.now();
  const shards = cutShards(options, tokens.secret);
  const connecting = showProgress('connecting', clients, () => ({
    value: processes.progress().connected,
    note: '',
  }));
  const connected = await processes.run(
    (i) => ({ type: 'connect', shard: shards[i] as (typeof shards)[number] }),
    'connected',
    timeoutMs,
  );
  connecting.stop();
  const connectMs = performance.now() - connectingAtMs;
  if (!connected.ok) return { ok: false, message: `Connecting: ${connected.message}.` };
  const offsetMs = medianOffset(connected.reports);
  const inside = connected.reports.reduce((total, report) => total + report.connected, 0);
  if (inside === 0 || offsetMs === null)
    return { ok: false, message: `Nobody could connect: ${failures(connected.reports)}.` };
  if (inside < clients)
    process.stderr.write(`${clients - inside} could not connect: ${failures(connected.reports)}\n`);

  const plan =
    options.sale === 'new'
      ? await scheduleSale(shop, tokens.operatorToken, options, localNowMs() + offsetMs)
      : await joinSale(shop, timeoutMs);
  if (!plan.ok) return { ok: false, message: plan.message };
  const { sale, opensAtServerMs } = plan;
  const opensAtMs = opensAtServerMs === null ? localNowMs() : opensAtServerMs - offsetMs;
  const waitMs = Math.max(0, opensAtMs - localNowMs());

  const buying = showProgress('buying', options.buyers, () => {
    const { answered, claimed, confirmed } = processes.progress();
    const leftS = Math.ceil((opensAtMs - localNowMs()) / 1000);
    return {
      value: answered,
      note: leftS > 0 ? `opens in ${leftS} s` : `claimed ${claimed}, confirmed ${confirmed}`,
    };
  });
  const { spreadMs } = options;
  const press = {
    type: 'press',
    saleId: sale.id,
    opensAtServerMs,
    spreadMs,
    timeoutMs,
    double: sale.perCustomer === 1,
  } as const;
  const bought = await processes.run(() => press, 'bought', waitMs + timeoutMs + spreadMs + graceMs);
  buying.stop();
  if (!bought.ok) return { ok: false, message: `Buying: ${bought.message}.` };
  const buyingMs = localNowMs() - Math.max(opensAtMs, 0);

  const sales = await agreedSales(shops, settleMs);
  const settle = {
    type: 'settle',
    saleId: sale.id,
    remaining: sales[0]?.remaining ?? -1,
    timeoutMs: settleMs,
  } as const;
  const watched = await processes.run(() => settle, 'watched', settleMs + graceMs);
  if (!watched.ok) return { ok: false, message: `Watching: ${watched.message}.` };
  const audit = await settledAudit(shop, tokens.operatorToken, sale.id, auditMs);

  const { tally, latencies, purchases } = mergeBought(bought.reports);
  const spectators = mergeWatched(watched.reports);
  const { buyers } = options;
  const verdict = judge({
    sales,
    buyers,
    purchases,
    watched: spectators,
    spectators: options.spectators,
    audit,
  });
  const { secretFile: _secretFile, json: _json, ...shown } = options;
  return {
    ok: true,
    result: {
      startedAt,
      machine: machine(),
      options: shown,
      saleId: sale.id,
      connectMs,
      connectsPerSecond: (inside / connectMs) * 1000,
      buyingMs,
      tally,
      latencies,
      spectators: {
        ...spectators,
        messagesPerSpectatorPerSecond: rate(spectators.messages, spectators.spectators, buyingMs),
      },
      verdict,
      holds: verdict.every(({ holds }) => holds),
    },
  };
}

function rate(messages: number, spectators: number, ms: number): number {
  return spectators === 0 ? 0 : messages / spectators / (ms / 1000);
}

function medianOffset(reports: ConnectedReport[]): number | null {
  const offsets = reports
    .flatMap(({ offsetMs }) => (offsetMs === null ? [] : [offsetMs]))
    .sort((a, b) => a - b);
  return offsets[Math.floor(offsets.length / 2)] ?? null;
}

function failures(reports: ConnectedReport[]): string {
  const total: Record<string, number> = {};
  for (const report of reports)
    for (const [reason, count] of Object.entries(report.failures)) increment(total, reason, count);
  return sum(total) === 0
    ? 'no node told the time'
    : Object.entries(total)
        .map(([reason, count]) => `${count} × ${reason}`)
        .join(', ');
}
