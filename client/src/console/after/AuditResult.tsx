import type { AuditReport } from '@flipzon/protocol/audit-schemas.ts';
import { InEnglish } from '../parts/InEnglish.tsx';
import { Mark } from '../parts/Mark.tsx';
import { useConsoleTexts } from '../text/console-texts.ts';

/** Each invariant as the shop recomputed it just now, in the shop's own words. */
export function AuditResult(props: { report: AuditReport }) {
  const texts = useConsoleTexts();
  const { report } = props;
  return (
    <div data-testid="audit" data-clean={report.clean}>
      <p className="mt-3 font-semibold">{report.clean ? texts.after.clean : texts.after.unclean}</p>
      <ul className="mt-1 divide-y divide-line">
        {report.checks.map(({ invariant, holds, detail }) => (
          <li key={invariant} className="flex gap-3 py-2">
            <Mark ok={holds} label={holds ? texts.preflight.ok : texts.preflight.notOk} />
            <InEnglish className="min-w-0">
              <span className="font-medium">{invariant}</span>
              <span className="block text-muted [overflow-wrap:anywhere]">{detail}</span>
            </InEnglish>
          </li>
        ))}
        {report.notChecked?.map(({ invariant, detail }) => (
          <li key={invariant} className="py-2">
            <InEnglish className="min-w-0">
              <span className="font-medium">Not checked: {invariant}</span>
              <span className="block text-muted [overflow-wrap:anywhere]">{detail}</span>
            </InEnglish>
          </li>
        ))}
      </ul>
    </div>
  );
}
