import { machine } from '../crowd/report/result.ts';
import type { Performance, Plan } from './play.ts';

interface Line {
  says: string;
  holds: boolean;
}

export interface Certificate extends Omit<Performance, 'judgement' | 'audit'> {
  rehearsedAt: string;
  machine: ReturnType<typeof machine>;
  seed: number;
  nodes: number;
  plan: Plan;
  /** The Redis and database that it ran on. */
  services: 'private' | 'shared';
  /** Faults that were not tried, because others use what they hit. */
  notTried: string[];
  invariants: Line[];
  holds: boolean;
}

interface Circumstances {
  seed: number;
  nodes: number;
  plan: Plan;
  services: Certificate['services'];
  notTried: string[];
}

/** What a rehearsal has shown, and no more than that. */
export function certify(performed: Performance, circumstances: Circumstances): Certificate {
  const { judgement, audit, ...figures } = performed;
  const { faults, seal } = performed;
  const sold = Math.min(circumstances.plan.quantity, circumstances.plan.shoppers);
  const invariants: Line[] = [
    {
      says: `sold ${sold}, min(stock, demand); no confirmed order lost, no order that no shopper requested`,
      holds: judgement.broken.length === 0,
    },
    ...judgement.broken.map((says) => ({ says, holds: false })),
    ...(audit?.checks ?? []).map(({ invariant, holds }) => ({ says: invariant, holds })),
    { says: 'the audit answered', holds: audit !== null },
    {
      says: 'every node was ready again after every fault',
      holds: faults.every((f) => f.recoveredMs !== null),
    },
    { says: 'the sale was sealed, and the proofs asked for lead to its root', holds: seal?.holds === true },
  ];
  return {
    rehearsedAt: new Date().toISOString(),
    machine: machine(),
    ...circumstances,
    ...figures,
    invariants,
    holds: invariants.every(({ holds }) => holds),
  };
}

export function certificateText(certificate: Certificate): string {
  const { plan, latency, faults, seal, machine: on, services, notTried } = certificate;
  const ms = (value: number) => `${value.toFixed(1)} ms`;
  const times = ({ count, p50Ms, p99Ms, maxMs }: typeof latency.claimed) =>
    `${count}: p50 ${ms(p50Ms)}, p99 ${ms(p99Ms)}, max ${ms(maxMs)}`;
  return [
    'DRESS REHEARSAL',
    `${certificate.rehearsedAt}, ${on.cpus} × ${on.cpu}, Node ${on.node}, seed ${certificate.seed}`,
    `Sale ${certificate.saleId}: ${plan.quantity} units, ${plan.shoppers} simulated shoppers within ${plan.spreadS} s over HTTP, ${certificate.nodes} nodes`,
    services === 'private'
      ? 'Redis and the database were its own, started for it'
      : 'On servers that others use too, with a separate database, which has been removed',
    '',
    'Invariants',
    ...certificate.invariants.map(({ says, holds }) => `  ${holds ? 'ok    ' : 'BROKEN'}  ${says}`),
    '',
    'Faults',
    ...faults.map(
      ({ name, downMs, recoveredMs }) =>
        `  ${name}: down ${downMs} ms, every node ready ${recoveredMs === null ? 'NOT in time' : `${recoveredMs} ms after the blow`}`,
    ),
    ...notTried.map((name) => `  ${name}: not tried, others use it`),
    `  all settled ${certificate.settledMs} ms after the last one`,
    '',
    'Answers, as the shoppers saw them, outages and all',
    `  a unit   ${times(latency.claimed)}`,
    `  others   ${times(latency.other)}`,
    ...Object.entries(certificate.answers).map(([code, count]) => `  ${code}: ${count}`),
    '',
    `Recoveries ${certificate.report?.faults.recoveries ?? '–'}, claims brought back ${certificate.report?.faults.restored ?? '–'}, taken back ${certificate.report?.faults.revoked ?? '–'}`,
    seal === null
      ? 'Not sealed'
      : `Seal: version ${seal.version}, ${seal.size} claims, ${seal.proofs} proofs checked, root ${seal.root}`,
    '',
    certificate.holds ? 'EVERY PROMISE HELD' : 'SOMETHING IS BROKEN',
    '',
  ].join('\n');
}
