import type { Sale } from '@flipzon/protocol/schemas.ts';
import { settledAudit } from '../shared/shop.ts';
import type { DrillOptions } from './drill-options.ts';
import { judgeDrill } from './judge-drill.ts';
import type { Drill } from './open-drill.ts';

const auditMs = 30_000;

/** How every run of a tool ends: with the shop's audit of its sale, in words, and an exit code. */
export async function conclude(
  drill: Drill,
  sale: Sale,
  { customers }: Pick<DrillOptions, 'customers'>,
  tool: { name: string; passed: boolean; says: string },
): Promise<number> {
  const audit = await settledAudit(drill.shop, drill.operatorToken, sale.id, auditMs);
  const judgements = judgeDrill({ customers, quantity: sale.quantity, audit, tool });
  const holds = judgements.every((judgement) => judgement.holds);
  const lines = judgements.map(
    (judgement) => `  ${judgement.holds ? 'ok     ' : 'BROKEN '} ${judgement.says}`,
  );
  const verdict = holds ? 'Every promise held.' : 'Something is broken.';
  process.stdout.write(`\nSale ${sale.id}\n\n${lines.join('\n')}\n\n${verdict}\n`);
  return holds ? 0 : 1;
}
