import type { ToolEnd } from '../tool-runner/run-tool.ts';
import type { JmeterResults } from './read-results.ts';

/** Whether JMeter itself succeeded: exit code 0, no failed sample, an answer for every customer. */
export function judgeRun(
  ended: ToolEnd,
  results: JmeterResults | null,
  customers: number,
): { passed: boolean; says: string } {
  if (ended.code === 'failed') return { passed: false, says: ended.message };
  if (ended.exitCode !== 0) return { passed: false, says: `exit code ${ended.exitCode}` };
  if (results === null) return { passed: false, says: 'it left no results' };
  const { failed, answered } = results;
  return {
    passed: failed === 0 && answered === customers,
    says: `${failed} failed samples, ${answered} of ${customers} customers answered`,
  };
}
