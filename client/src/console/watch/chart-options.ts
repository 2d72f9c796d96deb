import type uPlot from 'uplot';
import { lineLook } from './line-looks.ts';

const wholeSteps = Array.from({ length: 9 }, (_, power) =>
  [1, 2, 5].map((step) => step * 10 ** power),
).flat();
const font = '11px Geist, ui-sans-serif, system-ui, sans-serif';

/** How uPlot is to draw it, in the colours that the page has now. */
export function chartOptions(needs: {
  width: number;
  height: number;
  lines: number;
  whole: boolean;
  formatTime: (second: number) => string;
  formatValue: (value: number) => string;
  onPoint: (index: number | null) => void;
}): uPlot.Options {
  const styles = getComputedStyle(document.documentElement);
  const colour = (name: string) => styles.getPropertyValue(name).trim();
  const axis = {
    font,
    stroke: colour('--muted'),
    grid: { stroke: colour('--line'), width: 1 },
    ticks: { show: false },
  };
  return {
    width: needs.width,
    height: needs.height,
    legend: { show: false },
    padding: [8, 30, 0, 0],
    cursor: {
      x: true,
      y: false,
      points: { show: true, size: 7 },
      drag: { x: false, y: false },
      // The pointer marks the same moment in all charts.
      sync: { key: 'flipzon-console' },
    },
    scales: { x: { time: true }, y: { range: (_, _least, most) => [0, niceTop(most)] } },
    axes: [
      { ...axis, space: 80, size: 24, gap: 4, values: (_, seconds) => seconds.map(needs.formatTime) },
      {
        ...axis,
        ...(needs.whole ? { incrs: wholeSteps } : {}),
        space: 28,
        size: 58,
        gap: 4,
        values: (_, values) => values.map(needs.formatValue),
      },
    ],
    series: [
      {},
      ...Array.from({ length: needs.lines }, (_, index) => {
        const look = lineLook(index);
        return {
          stroke: colour(look.colour),
          width: 2,
          dash: [...look.dash],
          points: { show: false },
          spanGaps: false,
        };
      }),
    ],
    hooks: { setCursor: [(plot) => needs.onPoint(plot.cursor.idx ?? null)] },
  };
}

/** Some room above the highest point, and never a scale from 0 to 0. */
function niceTop(most: number | null): number {
  return most === null || most <= 0 ? 1 : most * 1.08;
}
