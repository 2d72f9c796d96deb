import { join } from 'node:path';
import { conclude } from '../tool-runner/conclude.ts';
import type { ToolRun } from '../tool-runner/open-tool-run.ts';
import { runTool } from '../tool-runner/run-tool.ts';
import { toolCommand } from '../tool-runner/tool-command.ts';
import type { ToolOptions } from '../tool-runner/tool-options.ts';
import { artilleryArguments } from './artillery-arguments.ts';
import { findArtillery } from './find-artillery.ts';

/** `npm run artillery -- [http|socket]`: a sale, customers that Artillery simulates, and the audit. */

await toolCommand(
  {
    name: 'artillery',
    description: 'Lets Artillery buy from a running shop, over HTTP or Socket.IO, and audits the sale.',
    notes: 'Artillery is fetched by npx at the first run (470 MB, a minute) and kept in npm’s cache.',
  },
  run,
);

async function run(toolRun: ToolRun, options: ToolOptions) {
  process.stderr.write('Looking for Artillery …\n');
  const artillery = await findArtillery();
  if (!artillery.ok) return artillery;
  const scheduled = await toolRun.scheduleSale();
  if (!scheduled.ok) return scheduled;

  const { transport, url, customers, timeoutS } = options;
  process.stdout.write(
    `${customers} customers of Artillery at ${url}, by ${transport}, sale ${scheduled.sale.id}\n`,
  );
  const plan = join(import.meta.dirname, `${transport}.yml`);
  const args = [artillery.file, ...artilleryArguments(plan, options, toolRun.tokensFile)];
  const ended = await runTool(process.execPath, args, {
    cwd: toolRun.folder,
    // One worker: several would share out the customers, and each begin with the first.
    env: { ...process.env, WORKERS: '1', ARTILLERY_DISABLE_TELEMETRY: 'true' },
    timeoutS,
  });
  const passed = ended.code === 'exited' && ended.exitCode === 0;
  const says = passed
    ? 'every expectation held'
    : ended.code === 'exited'
      ? `exit code ${ended.exitCode}: an expectation failed, see its checks above`
      : ended.message;
  return conclude(toolRun, scheduled.sale, options, { name: 'Artillery', passed, says });
}
