import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { conclude } from '../tool-runner/conclude.ts';
import type { ToolRun } from '../tool-runner/open-tool-run.ts';
import { runTool } from '../tool-runner/run-tool.ts';
import { toolCommand } from '../tool-runner/tool-command.ts';
import type { ToolOptions } from '../tool-runner/tool-options.ts';
import { findJmeter } from './find-jmeter.ts';
import { jmeterArguments } from './jmeter-arguments.ts';
import { judgeRun } from './judge-run.ts';
import { describeResults, type JmeterResults, readResults } from './read-results.ts';

/** `npm run jmeter -- [http|socket]`: a sale, customers that JMeter simulates, and the audit. */

await toolCommand(
  {
    name: 'jmeter',
    description: 'Lets JMeter buy from a running shop, over HTTP or a raw WebSocket, and audits the sale.',
    notes:
      'Needs Java and Maven; JMeter itself is fetched from Maven Central at the first run (70 MB) and kept.',
  },
  run,
);

async function run(toolRun: ToolRun, options: ToolOptions) {
  const jmeter = await findJmeter();
  if (!jmeter.ok) return jmeter;
  const scheduled = await toolRun.scheduleSale();
  if (!scheduled.ok) return scheduled;

  const { transport, url, customers, timeoutS } = options;
  process.stdout.write(
    `${customers} customers of JMeter at ${url}, by ${transport}, sale ${scheduled.sale.id}\n`,
  );
  const results = join(toolRun.folder, 'results.tsv');
  const args = jmeterArguments(options, {
    home: jmeter.home,
    plans: import.meta.dirname,
    tokens: toolRun.tokensFile,
    results,
    log: join(toolRun.folder, 'jmeter.log'),
  });
  const ended = await runTool('java', args, { cwd: toolRun.folder, env: process.env, timeoutS });
  const measured = await readIfThere(results);
  if (measured !== null) process.stdout.write(`\n${describeResults(measured)}`);
  const judged = judgeRun(ended, measured, customers);
  return conclude(toolRun, scheduled.sale, options, { name: 'JMeter', ...judged });
}

async function readIfThere(file: string): Promise<JmeterResults | null> {
  try {
    return readResults(await readFile(file, 'utf8'));
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    return null;
  }
}
