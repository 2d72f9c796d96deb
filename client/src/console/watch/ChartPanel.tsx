import { useCallback, useMemo, useState } from 'react';
import { useLanguage } from '../../text/language.ts';
import { useConsoleTexts } from '../text/console-texts.ts';
import { ChartTable } from './ChartTable.tsx';
import type { ChartSpec } from './chart-specs.ts';
import { Key } from './Key.tsx';
import { Plot } from './Plot.tsx';
import { summaryOf } from './summary.ts';

const spans = { 2: 'md:col-span-3 xl:col-span-2', 3: 'md:col-span-3', 6: 'md:col-span-6' };

/** A chart: its lines with their values now, or at the pointer; the drawing; the same in words and as a table. */
export function ChartPanel(props: { spec: ChartSpec; toSecond: number; windowSeconds: number }) {
  const { spec, toSecond, windowSeconds } = props;
  const texts = useConsoleTexts();
  const words = texts.watch;
  const { formats } = useLanguage();
  const [point, setPoint] = useState<number | null>(null);
  const fromSecond = toSecond - windowSeconds;
  // Read again every second; the history itself is changed in place.
  const read = useMemo(() => spec.read(fromSecond), [spec, fromSecond]);
  const formatTime = useCallback((second: number) => formats.secondTime(second * 1000), [formats]);
  const { format } = spec;
  const at = point ?? read.seconds.length - 1;
  const values = spec.lines.map((_, line) => read.columns[line]?.[at] ?? null);
  const second = read.seconds[at];
  return (
    <figure
      data-chart={spec.id}
      className={`min-w-0 rounded-2xl border border-line bg-card p-4 ${spans[spec.span]}`}
    >
      <figcaption className="flex flex-wrap items-baseline gap-x-3">
        <h3 className="text-sm font-semibold">{spec.title}</h3>
        <span aria-hidden="true" className="ms-auto text-xs text-muted tabular-nums">
          {point !== null && second !== undefined && formatTime(second)}
        </span>
      </figcaption>
      <ul aria-hidden="true" className="mt-1 flex min-h-6 flex-wrap gap-x-4 gap-y-0.5 text-sm">
        {spec.lines.map((name, line) => (
          <li key={name} className="flex items-center gap-1.5">
            <Key line={line} />
            <span className="text-muted">{name}</span>
            <span className="font-semibold tabular-nums">
              {values[line] == null ? texts.none : format(values[line])}
            </span>
          </li>
        ))}
      </ul>
      <Plot
        read={read}
        lines={spec.lines.length}
        whole={spec.whole}
        height={spec.span === 2 ? 120 : 160}
        fromSecond={fromSecond}
        toSecond={toSecond}
        formatTime={formatTime}
        formatValue={format}
        onPoint={setPoint}
      />
      <p className="sr-only">
        {spec.lines.map((name, line) => summaryOf(name, read.columns[line] ?? [], format, words)).join(' ')}
      </p>
      <ChartTable spec={spec} read={read} formatTime={formatTime} />
    </figure>
  );
}
