import type { SaleReport } from '@flipzon/protocol/report-schemas.ts';
import { AnswersPart } from './AnswersPart.tsx';
import { FairnessPart } from './FairnessPart.tsx';
import { FaultsPart } from './FaultsPart.tsx';
import { LatencyPart } from './LatencyPart.tsx';
import { SealPart } from './SealPart.tsx';
import { SoldPart } from './SoldPart.tsx';
import { useWords } from './use-words.ts';
import { VariantsPart } from './VariantsPart.tsx';

export function ReportBody(props: { report: SaleReport }) {
  const { words, formats } = useWords();
  const { report } = props;
  return (
    <>
      <SoldPart report={report} />
      <VariantsPart report={report} />
      <div className="grid gap-x-14 lg:grid-cols-2">
        <AnswersPart report={report} />
        <div>
          <FairnessPart report={report} />
          <FaultsPart report={report} />
        </div>
      </div>
      <LatencyPart report={report} />
      <SealPart report={report} />
      <p className="mt-10 max-w-[60ch] text-sm text-pretty text-muted">
        {words.counted(formats.duration(report.counted.unwrittenMsMax))}
      </p>
    </>
  );
}
