export type TestCounts = { passed: number; failed: number; skipped: number };

/** Counts of vitest's JSON report; a run that failed without a failed test (a file that does not load) counts as one. */
export function vitestCounts(exitCode: number, report: string | undefined): TestCounts {
  const {
    numPassedTests: passed = 0,
    numFailedTests: failed = 0,
    numPendingTests: skipped = 0,
  } = parse(report);
  return { passed, failed: atLeast(failed, exitCode), skipped };
}

/** Counts of Playwright's JSON report; a flaky test is one that failed. */
export function playwrightCounts(exitCode: number, report: string | undefined): TestCounts {
  const { expected: passed = 0, unexpected = 0, flaky = 0, skipped = 0 } = parse(report).stats ?? {};
  return { passed, failed: atLeast(unexpected + flaky, exitCode), skipped };
}

/** What failed in vitest's JSON report: one text for each test, and for each file that did not load. */
export function vitestFailures(report: string | undefined): string[] {
  return (parse(report).testResults ?? []).flatMap(({ name = '', message, assertionResults = [] }) => {
    const failed = assertionResults.filter(({ status }) => status === 'failed');
    if (failed.length === 0) return message ? [`${name}\n${message}`] : [];
    return failed.map((test) => [`${name} › ${test.fullName}`, ...(test.failureMessages ?? [])].join('\n'));
  });
}

function atLeast(failed: number, exitCode: number): number {
  return failed === 0 && exitCode !== 0 ? 1 : failed;
}

type Report = {
  numPassedTests?: number;
  numFailedTests?: number;
  numPendingTests?: number;
  testResults?: {
    name?: string;
    message?: string;
    assertionResults?: { fullName: string; status: string; failureMessages?: string[] }[];
  }[];
  stats?: { expected?: number; unexpected?: number; flaky?: number; skipped?: number };
};

function parse(report: string | undefined): Report {
  try {
    return JSON.parse(report ?? '{}') as Report;
  } catch {
    return {};
  }
}
