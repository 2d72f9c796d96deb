import type { AuditReport } from '@flipzon/protocol/audit-schemas.ts';
import { Command } from 'commander';
import { createClaimRepairs } from '../mongo/claim-repairs.ts';
import { wrongTotals } from '../mongo/customer-totals.ts';
import { createHoldStore } from '../mongo/hold-store.ts';
import { createOrderStore } from '../mongo/order-store.ts';
import { createRecounts } from '../mongo/recounts.ts';
import { createSaleStore } from '../mongo/sale-store.ts';
import { createSealStore } from '../mongo/seal-store.ts';
import { scansForAllButIds } from '../mongo/server-kind.ts';
import { readLedgerContent } from '../redis/ledger-content.ts';
import { createAudit } from '../seal/audit.ts';
import { openRunning } from './open-running.ts';

/** `npm run audit -- --sale ID`: exit code 0 clean, 1 an invariant is broken, 2 the audit could not run. */

const program = new Command('audit')
  .description('Recomputes every invariant of a sale from MongoDB and Redis.')
  .option('--sale <id>', 'the sale; the current one if not given')
  .option('--json', 'the whole report as JSON')
  .addHelpText(
    'after',
    '\nLooks at REDIS_URL and MONGODB_URI, or at the private services of a shop that is running in DATA_DIR.',
  )
  .parse();
const options = program.opts<{ sale?: string; json?: boolean }>();

try {
  const report = await audit(options.sale);
  console.log(options.json ? JSON.stringify(report, null, 2) : asText(report));
  process.exitCode = report.clean ? 0 : 1;
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 2;
}

async function audit(asked: string | undefined): Promise<AuditReport> {
  await using running = await openRunning();
  const { redis, clock, mongo, models } = running;
  const scans = await scansForAllButIds(mongo);
  const sales = createSaleStore(models);
  const run = createAudit({
    sales,
    orders: createOrderStore(models),
    holds: createHoldStore(models),
    clock,
    recounts: createRecounts(models),
    repairs: createClaimRepairs(models),
    seals: createSealStore(models),
    ledgerContent: (at, withHolds) => readLedgerContent(redis.commands, at, withHolds),
    wrongTotals: (saleId) => wrongTotals(models, saleId, scans),
  });
  const saleId = asked ?? (await sales.current())?.id;
  if (saleId === undefined) throw new Error('No sale has been scheduled.');
  const report = await run(saleId);
  if (report === null) throw new Error(`There is no sale ${saleId}.`);
  return report;
}

function asText(report: AuditReport): string {
  const lines = report.checks.map(
    ({ holds, invariant, detail }) => `${holds ? 'ok    ' : 'BROKEN'}  ${invariant} (${detail})`,
  );
  const notChecked = (report.notChecked ?? []).map(
    ({ invariant, detail }) => `not checked  ${invariant} (${detail})`,
  );
  const offending = report.checks
    .filter((check) => !check.holds)
    .flatMap((check) => [
      `\n${check.invariant}:`,
      ...check.offending.map((row) => `  ${JSON.stringify(row)}`),
    ]);
  const { saleId, orders, claims, remaining, quantity, outbox, poisoned } = report;
  const { recoveries, restored, revoked, seal, holds } = report;
  return [
    `Sale ${saleId}: ${quantity} units, ${orders} orders, ${claims} held, ${remaining} remaining, ${outbox} waiting, ${poisoned} set aside`,
    ...(holds === undefined
      ? []
      : [
          `${holds.open} holds open, ${holds.overdue} of them overdue; ${holds.paid} paid, ${holds.expired} expired, ${holds.released} released`,
        ]),
    ...(report.variants ?? []).map(
      (each) => `${each.sku}: ${each.quantity} units, ${each.orders} orders, ${each.remaining} remaining`,
    ),
    `${recoveries} recoveries, ${restored} claims brought back, ${revoked} taken back`,
    seal == null ? 'not sealed' : `sealed, version ${seal.version}, ${seal.size} claims, root ${seal.root}`,
    ...lines,
    ...notChecked,
    ...offending,
    report.clean ? 'CLEAN' : 'BROKEN',
  ].join('\n');
}
