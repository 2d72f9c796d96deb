import { useState } from 'react';
import { Scroll } from '../../ui/Scroll.tsx';
import type { SeriesRead } from '../history/tiered-series.ts';
import { useConsoleTexts } from '../text/console-texts.ts';
import type { ChartSpec } from './chart-specs.ts';
import { spreadOver } from './summary.ts';

const rowsMax = 12;

/** The same numbers for those who cannot see the lines; rendered only while it is open. */
export function ChartTable(props: {
  spec: ChartSpec;
  read: SeriesRead;
  formatTime: (second: number) => string;
}) {
  const texts = useConsoleTexts();
  const { spec, read } = props;
  const [open, setOpen] = useState(false);
  return (
    <details className="text-sm" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary className="inline-flex min-h-8 cursor-pointer items-center text-xs font-medium text-muted hover:text-ink">
        {texts.watch.table}
      </summary>
      {open && (
        <Scroll label={spec.title}>
          <table className="w-full text-start tabular-nums">
            <caption className="sr-only">{spec.title}</caption>
            <thead>
              <tr>
                <th scope="col" className="py-1 pe-4 text-start font-medium text-muted">
                  {texts.watch.time}
                </th>
                {spec.lines.map((name) => (
                  <th key={name} scope="col" className="py-1 pe-4 text-start font-medium text-muted">
                    {name}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {spreadOver(read.seconds.length, rowsMax).map((index) => (
                <tr key={read.seconds[index]} className="border-t border-line">
                  <th scope="row" className="py-1 pe-4 text-start font-normal">
                    {props.formatTime(read.seconds[index] ?? 0)}
                  </th>
                  {spec.lines.map((name, line) => {
                    const value = read.columns[line]?.[index] ?? null;
                    return (
                      <td key={name} className="py-1 pe-4">
                        {value === null ? texts.none : spec.format(value)}
                      </td>
                    );
                  })}
                </tr>
              ))}
            </tbody>
          </table>
        </Scroll>
      )}
    </details>
  );
}
