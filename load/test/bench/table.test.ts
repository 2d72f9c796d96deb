import { expect, test } from 'vitest';
import { atMost, rowOf } from '../../bench/report/row.ts';
import { markdownTable, shown, textTable } from '../../bench/report/table.ts';
import { type Results, withResults } from '../../bench/report/write-results.ts';

const rows = [
  rowOf({
    path: 'buy',
    figure: 'ms',
    ours: [12.34],
    baseline: { name: 'ws', values: [6.17] },
    goal: atMost(20),
  }),
  rowOf({ path: 'a longer path', figure: 'messages', ours: [12_345], goal: atMost(20), note: 'why' }),
];
const results: Results = {
  startedAt: '2026-01-01T00:00:00.000Z',
  machine: 'a machine',
  services: 'redis-server 7',
  runs: 3,
  versions: { ws: 'ws 8' },
  rows,
};

test('a figure shows about three digits, never an exponent', () => {
  expect([0.01234, 1.234, 12.34, 123.4, 12_345, 0].map(shown)).toEqual([
    '0.012',
    '1.23',
    '12.3',
    '123',
    '12,345',
    '0.000',
  ]);
});

test('the columns of the terminal line up', () => {
  const [head, first, second] = textTable(rows).split('\n');
  expect(head?.indexOf('figure')).toBe(second?.indexOf('messages'));
  expect(first).toContain('6.17 (ws)');
  expect(first?.endsWith('met')).toBe(true);
  expect(second?.endsWith('not met')).toBe(true);
});

test('Markdown has a cell for every column', () => {
  const widths = markdownTable(rows)
    .split('\n')
    .map((line) => line.split(' | ').length);
  expect(new Set(widths)).toEqual(new Set([7]));
});

test('results go between their markers, as often as they are written, and leave the rest alone', () => {
  const before = '# Results\n\nwords\n';
  const once = withResults(before, results);
  const twice = withResults(once, { ...results, runs: 5 });
  expect(once).toContain('words');
  expect(once).toContain('medians of 3 runs');
  expect(once).toContain('- a longer path, messages: why');
  expect(twice).toBe(once.replace('medians of 3 runs', 'medians of 5 runs'));
  expect(withResults(`${once}more\n`, results).endsWith('<!-- bench: end -->\nmore\n')).toBe(true);
});
