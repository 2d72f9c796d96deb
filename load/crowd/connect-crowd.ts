import { increment, sum } from './measure/tally.ts';
import type { Options } from './plan/arguments.ts';
import { showProgress } from './progress.ts';
import type { ConnectedReport } from './shards/messages.ts';
import type { Processes } from './shards/processes.ts';
import { cutShards } from './shards/shards.ts';

export type CrowdConnected =
  | { ok: true; inside: number; connectMs: number; offsetMs: number }
  | { ok: false; message: string };

/** Connects all clients, in all processes; `offsetMs` is how far the server's clock is ahead of this machine's. */
export async function connectCrowd(
  options: Options,
  processes: Processes,
  secret: string | undefined,
): Promise<CrowdConnected> {
  const clients = options.buyers + options.spectators;
  const shards = cutShards(options, secret);
  const startedAtMs = performance.now();
  const progress = showProgress('connecting', clients, () => {
    const { connected, trouble } = processes.progress();
    return { value: connected, note: trouble === null ? '' : `retrying: ${trouble}` };
  });
  const connected = await processes.run(
    (i) => ({ type: 'connect', shard: shards[i] as (typeof shards)[number] }),
    'connected',
    options.timeoutS * 1000,
  );
  progress.stop();
  const connectMs = performance.now() - startedAtMs;
  if (!connected.ok) {
    const { connected: inside, trouble } = processes.progress();
    const why = trouble === null ? '' : `; last trouble: ${trouble}`;
    return {
      ok: false,
      message: `Connecting: ${connected.message}, ${inside} of ${clients} connected${why}.`,
    };
  }

  const { reports } = connected;
  const inside = reports.reduce((total, report) => total + report.connected, 0);
  const offsetMs = medianOffset(reports);
  if (inside === 0) return { ok: false, message: `No client could connect: ${failures(reports)}.` };
  if (offsetMs === null) return { ok: false, message: 'No node answered with its time.' };
  if (inside < clients) {
    process.stderr.write(`${clients - inside} could not connect: ${failures(reports)}\n`);
  }
  return { ok: true, inside, connectMs, offsetMs };
}

function medianOffset(reports: ConnectedReport[]): number | null {
  const offsets = reports.flatMap(({ offsetMs }) => (offsetMs === null ? [] : [offsetMs]));
  offsets.sort((a, b) => a - b);
  return offsets[Math.floor(offsets.length / 2)] ?? null;
}

function failures(reports: ConnectedReport[]): string {
  const total: Record<string, number> = {};
  for (const report of reports) {
    for (const [reason, count] of Object.entries(report.failures)) increment(total, reason, count);
  }
  if (sum(total) === 0) return 'no reason known';
  return Object.entries(total)
    .map(([reason, count]) => `${count} × ${reason}`)
    .join(', ');
}
