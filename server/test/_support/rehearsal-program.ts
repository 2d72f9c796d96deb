import { setInterval } from 'node:timers';
import type { RehearsalMessage } from '@flipzon/protocol/rehearsal-schemas.ts';

/**
 * Stands in for the program that plays rehearsals, where a test is about who may start one and how it ends: by its seed it certifies at once
 * (2), fails (3), or goes on until it is stopped (1).
 */
const seed = process.argv[process.argv.indexOf('--seed') + 1];
const times = { count: 1, p50Ms: 1, p90Ms: 1, p99Ms: 1, maxMs: 1 };

process.once('disconnect', () => process.exit(130));
await tell({
  type: 'step',
  says: `seed ${seed}, ${process.argv.includes('--shared') ? 'shared' : 'private'}`,
});
if (seed === '3') {
  console.error('no Redis could be had');
  process.exit(2);
}
if (seed === '2') {
  await tell({
    type: 'certificate',
    text: 'EVERY PROMISE HELD\n',
    certificate: {
      rehearsedAt: '2040-01-01T00:00:00.000Z',
      machine: { cpu: 'a test', cpus: 1, node: process.version },
      saleId: '20400101-0123456789',
      services: 'private',
      notTried: [],
      invariants: [{ says: 'sold 1', holds: true }],
      faults: [{ name: 'a node killed', downMs: 1, recoveredMs: null }],
      settledMs: 1,
      answers: { claimed: 1 },
      latency: { claimed: times, other: times },
      seal: null,
      holds: true,
      secretsSeen: Object.keys(process.env).filter((name) => /SECRET|REDIS_|MONGODB_/.test(name)),
    },
  });
  process.exit(0);
}
setInterval(() => undefined, 1_000);

function tell(message: RehearsalMessage): Promise<void> {
  return new Promise((resolve) => process.send?.(message, () => resolve()));
}
