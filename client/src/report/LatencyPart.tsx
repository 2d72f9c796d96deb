import type { SaleReport } from '@flipzon/protocol/report-schemas.ts';
import { Part } from './Part.tsx';
import { useWords } from './use-words.ts';

const columns = [
  ['half', 'p50Ms'],
  ['p90', 'p90Ms'],
  ['p99', 'p99Ms'],
  ['slowest', 'maxMs'],
] as const;

export function LatencyPart(props: { report: SaleReport }) {
  const { words, time } = useWords();
  const { latency } = words;
  const rows = (['claimed', 'refused'] as const).filter((row) => props.report.latency[row].count > 0);
  if (rows.length === 0) return null;
  return (
    <Part title={latency.title} detail={latency.detail}>
      <table className="w-full table-fixed border-collapse text-start tabular-nums">
        <thead className="text-sm text-muted">
          <tr>
            <th scope="col" className="py-2 pe-2 text-start font-normal">
              {latency.answer}
            </th>
            {columns.map(([name]) => (
              <th key={name} scope="col" className="py-2 ps-2 text-end font-normal">
                {latency[name]}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row} className="border-t border-line">
              <th scope="row" className="py-3 pe-2 text-start font-medium">
                {latency[row]}
              </th>
              {columns.map(([name, key]) => (
                <td key={name} className="py-3 ps-2 text-end font-semibold sm:text-xl sm:tracking-tight">
                  {time(props.report.latency[row][key])}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </Part>
  );
}
