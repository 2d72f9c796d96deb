import { Command } from 'commander';
import { openEnvironment } from '../bench/environment/environment.ts';
import { defences } from './defences.ts';
import { type Plan, runDefence, type Tally } from './run-defence.ts';

/** `npm run scalpers`: what a network of accounts gets of a sale, with and without each defence. Starts everything that it needs. */

const program = new Command('scalpers')
  .description(
    'One network with many accounts against honest buyers: its share of the units, under each defence.',
  )
  .option('--bots <count>', 'accounts of the network', '2000')
  .option('--honest <count>', 'honest buyers, each from a different address', '5000')
  .option('--quantity <count>', 'units', '1000')
  .option('--seed <number>', 'of the times at which people press', '1')
  .option('--script-waits <ms>', 'after the opening; the script presses within 20 ms from then on', '30')
  .option('--only <number>', 'this defence only, counted from 1')
  .parse();
const options = program.opts<
  Record<'bots' | 'honest' | 'quantity' | 'seed' | 'scriptWaits', string> & { only?: string }
>();
const plan: Plan = {
  bots: Number(options.bots),
  honest: Number(options.honest),
  quantity: Number(options.quantity),
  seed: Number(options.seed),
  scriptWaitsMs: Number(options.scriptWaits),
};
const chosen =
  options.only === undefined ? defences : defences.slice(Number(options.only) - 1, Number(options.only));

await using environment = await openEnvironment();
console.log(
  `${plan.bots} accounts of one network, ${plan.honest} honest buyers, ${plan.quantity} units; ${environment.runsOn}\n`,
);
console.log(
  '| defence | units that the network gets | of all | honest buyers get | the network’s other accounts | answers that made it wait |',
);
console.log('|---|---|---|---|---|---|');
for (const defence of chosen) console.log(row(await runDefence(environment, plan, defence)));

function row({ defence, bots, honest, solved, told }: Tally): string {
  const { claimed = 0, ...others } = bots;
  const share = `${((100 * claimed) / plan.quantity).toFixed(1)} %`;
  const more = defence.solves ? `; ${solved} challenges solved` : '';
  return `| ${defence.name} | ${claimed} | ${share} | ${honest.claimed ?? 0} | ${inWords(others)}${more} | ${inWords(told)} |`;
}

function inWords(counts: Readonly<Record<string, number>>): string {
  const words = Object.entries(counts).map(([what, count]) => `${count} ${what}`);
  return words.length === 0 ? '–' : words.join(', ');
}
