import { useEffect, useRef } from 'react';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import type { SeriesRead } from '../history/tiered-series.ts';
import { chartOptions } from './chart-options.ts';
import { useDarkness } from './use-darkness.ts';

/** The drawing alone; what it shows is said beside it, in words and as a table. */
export function Plot(props: {
  read: SeriesRead;
  lines: number;
  whole: boolean;
  height: number;
  fromSecond: number;
  toSecond: number;
  formatTime: (second: number) => string;
  formatValue: (value: number) => string;
  onPoint: (index: number | null) => void;
}) {
  const { read, lines, whole, height, fromSecond, toSecond, formatTime, formatValue, onPoint } = props;
  const box = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot | null>(null);
  const dark = useDarkness();

  // biome-ignore lint/correctness/useExhaustiveDependencies: the options read the colours, which are others in the dark.
  useEffect(() => {
    const element = box.current;
    if (element === null) return;
    const options = { width: element.clientWidth, height, lines, whole, formatTime, formatValue, onPoint };
    const drawn = new uPlot(chartOptions(options), [[], ...Array.from({ length: lines }, () => [])], element);
    plot.current = drawn;
    const observer = new ResizeObserver(() => drawn.setSize({ width: element.clientWidth, height }));
    observer.observe(element);
    return () => {
      observer.disconnect();
      drawn.destroy();
      plot.current = null;
    };
  }, [lines, whole, height, formatTime, formatValue, onPoint, dark]);

  useEffect(() => {
    const drawn = plot.current;
    drawn?.batch(() => {
      drawn.setData([read.seconds, ...read.columns.slice(0, lines)] as uPlot.AlignedData, false);
      drawn.setScale('x', { min: fromSecond, max: toSecond });
    });
  });

  return <div ref={box} aria-hidden="true" dir="ltr" className="mt-2 min-w-0" style={{ height }} />;
}
