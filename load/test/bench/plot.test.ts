import { expect, test } from 'vitest';
import { plotSvg } from '../../bench/report/plot.ts';
import { ratioPlotSvg } from '../../bench/report/ratio-plot.ts';
import { ratioAtMost, rowOf } from '../../bench/report/row.ts';

const text = { title: 'a < b', x: 'nodes', y: 'buys/s' };

test('a plot has a dot for every point, larger values higher up, and no markup from its texts', () => {
  const svg = plotSvg(text, [
    {
      name: 'ours',
      points: [
        { x: 1, y: 10 },
        { x: 2, y: 20 },
        { x: 4, y: 0 },
      ],
    },
  ]);
  const dots = [...svg.matchAll(/<circle cx="([\d.]+)" cy="([\d.]+)"/g)].map((match) => ({
    x: Number(match[1]),
    y: Number(match[2]),
  }));
  expect(dots.map(({ x }) => x)).toEqual([70, 345, 620]);
  expect(dots.map(({ y }) => y)).toEqual([156, 44, 268]);
  expect(svg).toContain('a &lt; b');
  expect(svg).toContain('prefers-color-scheme:dark');
});

test('a single point is in the middle', () => {
  expect(plotSvg(text, [{ name: 'ours', points: [{ x: 1, y: 3 }] }])).toContain('cx="345.0"');
});

test('draws a bar for each share that is promised, up to the goal or over it', () => {
  const goal = ratioAtMost(1.1);
  const row = (path: string, ours: number) =>
    rowOf({ path, figure: 'server CPU', ours: [ours], baseline: { name: 'ws', values: [2] }, goal });
  const svg = ratioPlotSvg([
    row('low', 1),
    row('<high>', 3),
    rowOf({ path: 'free', figure: 'p50', ours: [1], goal: null }),
  ]);
  expect(svg?.match(/<rect class="m"/g)).toHaveLength(1);
  expect(svg?.match(/<rect class="n"/g)).toHaveLength(1);
  expect(svg).toContain('&lt;high>: server CPU / ws');
  expect(svg).toContain('>0.50</text>');
  expect(svg).not.toContain('free');
  expect(ratioPlotSvg([])).toBeNull();
});
