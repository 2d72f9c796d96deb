import { join } from 'node:path';
import { conclude } from '../kit/conclude.ts';
import { type DrillOptions, parseDrill } from '../kit/drill-options.ts';
import { openDrill } from '../kit/open-drill.ts';
import { runTool } from '../kit/run-tool.ts';
import { artilleryArguments } from './artillery-arguments.ts';
import { findArtillery } from './find-artillery.ts';

/** `npm run artillery -- [http|socket]`: a sale, customers that Artillery simulates, and the audit. */

const usage = 2;

const parsed = parseDrill(
  {
    name: 'artillery',
    description: 'Lets Artillery buy from a running shop, over HTTP or Socket.IO, and audits the sale.',
    notes: 'Artillery is fetched by npx at the first run (470 MB, a minute) and kept in npm’s cache.',
  },
  process.argv.slice(2),
);
if (parsed.code === 'exit') {
  (parsed.exitCode === 0 ? process.stdout : process.stderr).write(parsed.text);
  process.exit(parsed.exitCode);
}
process.exitCode = await run(parsed.options);

async function run(options: DrillOptions): Promise<number> {
  const opened = await openDrill(options, 'artillery', process.env);
  if (!opened.ok) return giveUp(opened.message);
  await using drill = opened.drill;
  process.stderr.write('Looking for Artillery …\n');
  const artillery = await findArtillery();
  if (!artillery.ok) return giveUp(artillery.message);
  const scheduled = await drill.scheduleSale();
  if (!scheduled.ok) return giveUp(scheduled.message);

  const { door, url, customers, timeoutS } = options;
  process.stdout.write(
    `${customers} customers of Artillery at ${url}, by ${door}, sale ${scheduled.sale.id}\n`,
  );
  const plan = join(import.meta.dirname, `${door}.yml`);
  const args = [artillery.file, ...artilleryArguments(plan, options, drill.tokensFile)];
  const ended = await runTool(process.execPath, args, {
    cwd: drill.folder,
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
  return conclude(drill, scheduled.sale, options, { name: 'Artillery', passed, says });
}

function giveUp(message: string): number {
  process.stderr.write(`${message}\n`);
  return usage;
}
