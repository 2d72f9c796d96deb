import type { SaleReport } from '@flipzon/protocol/report-schemas.ts';
import { Part } from './Part.tsx';
import { useWords } from './use-words.ts';

/** The largest difference between the order of arrival and the order of claims. */
export function FairnessPart(props: { report: SaleReport }) {
  const { words, formats, time } = useWords();
  const { fairness } = props.report;
  if (fairness === null || fairness.compared === 0) {
    return (
      <Part title={words.fairness.title}>
        <p className="text-muted">{fairness === null ? words.fairness.later : words.fairness.nothing}</p>
      </Part>
    );
  }
  const { compared, overtaken, overtakenMsMax, waitedMsP50, waitedMsP99, waitedMsMax } = fairness;
  const all = formats.number(compared);
  return (
    <Part title={words.fairness.title} detail={words.fairness.detail}>
      <p className="text-lg leading-snug font-medium tracking-tight text-pretty">
        {overtaken === 0
          ? words.fairness.inOrder(compared, all)
          : words.fairness.overtaken(overtaken, formats.number(overtaken), all, time(overtakenMsMax))}
      </p>
      <p className="mt-2 text-pretty text-muted">
        {words.fairness.waited(time(waitedMsP50), time(waitedMsP99), time(waitedMsMax))}
      </p>
    </Part>
  );
}
