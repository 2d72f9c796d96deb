import type { AuditReport } from '@flipzon/protocol/audit-schemas.ts';
import { type Judgement, judgeAudit } from '../crowd/report/verdict.ts';

export interface ToolRunEvidence {
  customers: number;
  quantity: number;
  audit: AuditReport | null;
  tool: { name: string; passed: boolean; says: string };
}

/** What the tool and the shop's audit say; every line stands alone. */
export function judgeToolRun({ customers, quantity, audit, tool }: ToolRunEvidence): Judgement[] {
  return [
    { holds: tool.passed, says: `${tool.name}: ${tool.says}` },
    ...(audit === null ? [] : [judgeSold(audit, Math.min(customers, quantity))]),
    judgeAudit(audit),
  ];
}

/** A person in a browser may buy in the same sale, so more than the tool's customers can have bought, but never more than there is. */
function judgeSold({ orders, quantity, remaining }: AuditReport, expected: number): Judgement {
  return {
    holds: orders >= expected && orders <= quantity && remaining === quantity - orders,
    says: `sold ${orders} of ${quantity}, at least min(stock, demand) = ${expected}; remaining ${remaining}`,
  };
}
