import type { SaleReport } from '@flipzon/protocol/report-schemas.ts';
import { Part } from './Part.tsx';
import { useWords } from './use-words.ts';

export function FaultsPart(props: { report: SaleReport }) {
  const { words, formats } = useWords();
  const { recoveries, restored, revoked, recoveredAt } = props.report.faults;
  const last = recoveredAt.at(-1);
  if (recoveries + restored + revoked === 0) {
    return (
      <Part title={words.faults.title}>
        <p className="text-lg font-medium tracking-tight">{words.faults.none}</p>
      </Part>
    );
  }
  const rows = [
    [words.faults.recoveries, formats.number(recoveries)],
    [words.faults.restored, formats.number(restored)],
    [words.faults.revoked, formats.number(revoked)],
    ...(last === undefined ? [] : [[words.faults.last, formats.dayAndSecond(Date.parse(last))] as const]),
  ] as const;
  return (
    <Part title={words.faults.title}>
      <dl className="divide-y divide-line">
        {rows.map(([name, value]) => (
          <div key={name} className="flex items-baseline justify-between gap-4 py-2">
            <dt>{name}</dt>
            <dd className="font-semibold tabular-nums">{value}</dd>
          </div>
        ))}
      </dl>
    </Part>
  );
}
