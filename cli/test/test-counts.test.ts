import { expect, test } from 'vitest';
import { playwrightCounts, vitestCounts, vitestFailures } from '../src/test-counts.ts';

test('vitest: passed and failed tests as reported', () => {
  const report = JSON.stringify({ numPassedTests: 12, numFailedTests: 2, numPendingTests: 1 });
  expect(vitestCounts(1, report)).toEqual({ passed: 12, failed: 2, skipped: 1 });
});

test('a run that failed without a failed test counts as one failed', () => {
  expect(vitestCounts(1, JSON.stringify({ numPassedTests: 12, numFailedTests: 0 })).failed).toBe(1);
  expect(playwrightCounts(1, undefined).failed).toBe(1);
});

test('a run that left no report and exit code 0 has passed nothing', () => {
  expect(playwrightCounts(0, 'not json')).toEqual({ passed: 0, failed: 0, skipped: 0 });
});

test('Playwright: a flaky test is one that failed', () => {
  const report = JSON.stringify({ stats: { expected: 9, unexpected: 1, flaky: 1, skipped: 0 } });
  expect(playwrightCounts(0, report)).toEqual({ passed: 9, failed: 2, skipped: 0 });
});

test('vitest: what failed is named, with what it said', () => {
  const testResults = [
    {
      name: 'a.test.ts',
      assertionResults: [
        { fullName: 'one', status: 'passed' },
        { fullName: 'two', status: 'failed', failureMessages: ['expected 1 to be 2'] },
      ],
    },
    { name: 'b.test.ts', message: 'does not load', assertionResults: [] },
    { name: 'c.test.ts', message: '', assertionResults: [] },
  ];
  expect(vitestFailures(JSON.stringify({ testResults }))).toEqual([
    'a.test.ts › two\nexpected 1 to be 2',
    'b.test.ts\ndoes not load',
  ]);
  expect(vitestFailures(undefined)).toEqual([]);
});
