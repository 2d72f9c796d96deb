import { expect, test } from 'vitest';
import { hotFunctions } from '../../bench/report/profile-top.ts';

const frame = (functionName: string) => ({ functionName, url: 'file:///x/server/src/a.ts', lineNumber: 4 });

test('time counts for the function itself and once for each that called it; waiting does not count', () => {
  const { busyMs, functions } = hotFunctions({
    nodes: [
      { id: 1, callFrame: frame('outer'), children: [2, 4] },
      { id: 2, callFrame: frame('inner'), children: [3] },
      { id: 3, callFrame: frame('inner') },
      { id: 4, callFrame: { functionName: '(idle)', url: '', lineNumber: -1 } },
    ],
    samples: [1, 2, 3, 4],
    timeDeltas: [1_000, 2_000, 4_000, 8_000],
  });
  expect(busyMs).toBe(7);
  expect(functions).toEqual([
    { where: 'outer server/src/a.ts:5', selfMs: 1, totalMs: 7 },
    { where: 'inner server/src/a.ts:5', selfMs: 6, totalMs: 6 },
  ]);
});
