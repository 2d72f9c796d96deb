import { writeFile } from 'node:fs/promises';
import { Command, InvalidArgumentError } from 'commander';
import { integer } from '../shared/option-values.ts';
import { openEnvironment } from './environment/environment.ts';
import { machine } from './report/machine.ts';
import { ratioPlotSvg } from './report/ratio-plot.ts';
import type { Row } from './report/row.ts';
import { textTable } from './report/table.ts';
import { writeResults } from './report/write-results.ts';
import { scenarios } from './scenarios/scenarios.ts';

/** `npm run bench`: our server and baselines side by side in one run. Exit code 1 when something could not be measured. */

const names = scenarios.map(({ name }) => name);
const scenarioName = (text: string, before: string[] = []) => {
  if (!names.includes(text)) throw new InvalidArgumentError(`one of ${names.join(', ')}`);
  return [...before, text];
};

const options = new Command('bench')
  .description('The hot paths beside their baselines; medians of several runs, in turn.')
  .option('--only <scenario>', `${names.join(', ')}; may be given several times`, scenarioName)
  .option('--runs <n>', 'measured runs of each target', integer(1, 20), 2)
  .option('--quick', 'little work and one run: shows that it runs; its figures mean nothing', false)
  .option('--json <file>', 'the figures of every run')
  .option('--profile <folder>', 'CPU profiles of every measured process')
  .option('--write', 'puts the table into docs/results.md', false)
  .parse()
  .opts<{ only?: string[]; runs: number; quick: boolean; json?: string; profile?: string; write: boolean }>();

const startedAt = new Date();
await using environment = await openEnvironment();
for (const [signal, code] of [
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const) {
  process.once(signal, () => {
    void environment[Symbol.asyncDispose]().then(() => process.exit(code));
  });
}
const bench = {
  environment,
  runs: options.quick ? 1 : options.runs,
  quick: options.quick,
  profileDir: options.profile ?? null,
  progress: (line: string) => console.error(`  ${line}`),
  plots: new Map<string, string>(),
  met: new Map<string, string>(),
};
console.log(`${machine()}; ${environment.runsOn}`);
const rows: Row[] = [];
for (const scenario of scenarios) {
  if (options.only !== undefined && !options.only.includes(scenario.name)) continue;
  const beganAtMs = performance.now();
  try {
    // Nothing that an earlier path has left makes this one slower.
    await environment.redis.flushall();
    const found = await scenario.run(bench);
    rows.push(...found);
    console.log(
      `\n${scenario.name}: ${scenario.about} (${Math.round((performance.now() - beganAtMs) / 1000)} s)`,
    );
    console.log(textTable(found));
  } catch (error) {
    process.exitCode = 1;
    console.error(
      `\n${scenario.name} could not be measured: ${error instanceof Error ? error.stack : String(error)}`,
    );
  }
}
for (const [name, runsOn] of bench.met) console.log(`${name}: ${runsOn}`);
const ratios = ratioPlotSvg(rows);
if (ratios !== null) bench.plots.set('ratios.svg', ratios);
const missed = rows.filter((row) => row.met === false).length;
console.log(`\n${rows.filter((row) => row.met === true).length} goals met, ${missed} not met`);
const results = {
  startedAt: startedAt.toISOString(),
  machine: machine(),
  services: environment.runsOn,
  runs: bench.runs,
  versions: Object.fromEntries(bench.met),
  rows,
};
if (options.json !== undefined) await writeFile(options.json, `${JSON.stringify(results, null, 2)}\n`);
if (options.write) await writeResults(results, bench.plots);
