import type { Sale } from '@flipzon/protocol/schemas.ts';
import { settledAudit } from '../shared/shop.ts';
import { judgeToolRun } from './judge-tool-run.ts';
import type { ToolRun } from './open-tool-run.ts';
import type { ToolOptions } from './tool-options.ts';

const auditMs = 30_000;

/** How every run of a tool ends: with the shop's audit of its sale, in words, and an exit code. */
export async function conclude(
  toolRun: ToolRun,
  sale: Sale,
  { customers }: Pick<ToolOptions, 'customers'>,
  tool: { name: string; passed: boolean; says: string },
): Promise<number> {
  const audit = await settledAudit(toolRun.shop, toolRun.operatorToken, sale.id, auditMs);
  const judgements = judgeToolRun({ customers, quantity: sale.quantity, audit, tool });
  const holds = judgements.every((judgement) => judgement.holds);
  const lines = judgements.map(
    (judgement) => `  ${judgement.holds ? 'ok     ' : 'BROKEN '} ${judgement.says}`,
  );
  const verdict = holds ? 'Every promise held.' : 'Something is broken.';
  process.stdout.write(`\nSale ${sale.id}\n\n${lines.join('\n')}\n\n${verdict}\n`);
  return holds ? 0 : 1;
}
