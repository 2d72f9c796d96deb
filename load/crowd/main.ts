import { writeFile } from 'node:fs/promises';
import { parseArguments } from './plan/arguments.ts';
import { describeResult } from './report/report.ts';
import { run } from './run.ts';
import { Processes } from './shards/processes.ts';

const usage = 2;

const parsed = parseArguments(process.argv.slice(2));
if (parsed.code === 'exit') {
  (parsed.exitCode === 0 ? process.stdout : process.stderr).write(parsed.text);
  process.exit(parsed.exitCode);
}

const { options } = parsed;
const processes = new Processes(options.processes);
for (const [signal, code] of [
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const) {
  process.once(signal, () => {
    processes.kill();
    process.stderr.write('\nThe crowd goes home.\n');
    process.exit(code);
  });
}

const label = options.label ? 'Simulated crowd: ' : '';
process.stdout.write(
  `${label}${options.buyers} shoppers and ${options.spectators} spectators at ${options.url.join(', ')}, seed ${options.seed}\n`,
);

const ran = await run(options, processes, process.env);
await processes.stop();
if (!ran.ok) {
  process.stderr.write(`${ran.message}\n`);
  process.exit(usage);
}
if (options.label) process.stdout.write('\nAll of this was a simulated crowd; no person took part.\n');
process.stdout.write(describeResult(ran.result));
if (options.json !== undefined) {
  try {
    await writeFile(options.json, `${JSON.stringify(ran.result, null, 2)}\n`);
  } catch (error) {
    process.stderr.write(`Cannot write ${options.json}: ${error instanceof Error ? error.message : error}\n`);
    process.exit(usage);
  }
}
process.exit(ran.result.holds ? 0 : 1);
