import type { LatencyName, Percentiles } from '../measure/latencies.ts';
import type { TallyCounts } from '../measure/tally.ts';
import type { Result } from './result.ts';

const titles: Record<LatencyName, string> = {
  socketClaim: 'claim, by socket',
  socketAnswer: 'any answer, by socket',
  httpClaim: 'claim, by HTTP',
  httpAnswer: 'any answer, by HTTP',
  confirmation: 'claimed → confirmed',
  lateness: 'crowd pressed late by',
};

/** The result in words, for a person at a terminal. */
export function describeResult(result: Result): string {
  const { tally, spectators } = result;
  return [
    '',
    `Sale ${result.saleId}, seed ${result.options.seed}, ${(result.buyingMs / 1000).toFixed(1)} s of buying`,
    '',
    `  got a unit    ${gotUnit(tally)}`,
    `  refused       ${counts(withoutClaims(tally.outcomes))}`,
    ...(Object.keys(tally.retries).length === 0 ? [] : [`  asked again   after ${counts(tally.retries)}`]),
    ...(Object.keys(tally.repeats).length === 0
      ? []
      : [`  pressed again ${counts(withoutClaims(tally.repeats))}`]),
    ...(Object.keys(tally.reloads).length === 0 ? [] : [`  loaded again  ${counts(tally.reloads)}`]),
    ...(result.scalpers === null ? [] : [`  scalpers      ${scalpersShare(result.scalpers)}`]),
    `  connecting    ${result.connectsPerSecond.toFixed(0)} a second, ${spectators.reconnects} lost and reconnected`,
    `  stock         ${spectators.messagesPerSpectatorPerSecond.toFixed(1)} messages a second for each spectator, ` +
      `${spectators.messagesPerSecondMax} in the busiest second, ${spectators.backwards} with an older seq (dropped)`,
    '',
    ...latencyTable(result.latencies),
    '',
    ...result.verdict.map(({ holds, says }) => `  ${holds ? 'ok     ' : 'BROKEN '} ${says}`),
    '',
    result.holds ? 'Every promise held.' : 'A promise was broken.',
    '',
  ].join('\n');
}

function scalpersShare({
  scalpers,
  claimed,
  others,
  othersClaimed,
}: NonNullable<Result['scalpers']>): string {
  return `${claimed} of ${scalpers} got a unit, ${othersClaimed} of the ${others} others`;
}

/** Units, not presses: a buyer of two has two. */
function gotUnit({ outcomes, repeats }: TallyCounts): number {
  return (outcomes.claimed ?? 0) + (repeats.claimed ?? 0);
}

function withoutClaims({ claimed: _, ...others }: Record<string, number>): Record<string, number> {
  return others;
}

function counts(byCode: Record<string, number>): string {
  const entries = Object.entries(byCode).sort(([, a], [, b]) => b - a);
  return entries.map(([code, count]) => `${count} ${code}`).join(', ') || 'none';
}

function latencyTable(latencies: Record<string, Percentiles>): string[] {
  const row = (title: string, cells: string[]) =>
    `  ${title.padEnd(24)}${cells.map((cell) => cell.padStart(10)).join('')}`;
  const rows = (Object.keys(titles) as LatencyName[]).flatMap((name) => {
    const p = latencies[name];
    if (p === undefined || p.count === 0) return [];
    return [
      row(titles[name], [
        String(p.count),
        ...[p.p50Ms, p.p90Ms, p.p99Ms, p.maxMs].map((ms) => ms.toFixed(1)),
      ]),
    ];
  });
  return [row('milliseconds', ['count', 'p50', 'p90', 'p99', 'max']), ...rows];
}
