import { Command } from 'commander';
import { openEnvironment } from '../bench/environment/environment.ts';
import { startOurs } from '../bench/environment/ours.ts';
import { Api } from '../chaos/api.ts';
import { createRandom } from '../chaos/random.ts';
import { integer } from '../shared/option-values.ts';
import { type Left, leftLine, measureLeft } from './left.ts';
import { playSale } from './play-sale.ts';

/** `npm run soak -- --sales 50`: exit code 0 when every promise held in every sale, 1 when one was broken. */

const options = new Command('soak')
  .description(
    'Plays sales one after the other on one shop, without faults, and prints what they leave behind: memory of each node, of Redis and of MongoDB; keys and scripts of Redis.',
  )
  .option('--sales <n>', 'how many', integer(2, 1_000), 10)
  .option('--shoppers <n>', 'in each sale; two thirds of them get a unit', integer(3, 5_000), 90)
  .option('--nodes <n>', 'server processes', integer(1, 8), 2)
  .option('--minutes <n>', 'no further sale begins after this long', integer(1, 600), 60)
  .option('--seed <n>', 'who presses when', integer(1, 2 ** 31 - 1), Date.now() % 2 ** 31)
  .parse()
  .opts<{ sales: number; shoppers: number; nodes: number; minutes: number; seed: number }>();

const { sales, shoppers, minutes, seed } = options;
const endsAt = Date.now() + minutes * 60_000;
console.log(`soak: ${sales} sales, ${shoppers} shoppers each, ${options.nodes} nodes (seed ${seed})`);
await using environment = await openEnvironment();
await using ours = await startOurs(environment, options.nodes);
for (const [signal, code] of [
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const) {
  process.once(signal, () => {
    void Promise.allSettled([ours[Symbol.asyncDispose](), environment[Symbol.asyncDispose]()]).then(() =>
      process.exit(code),
    );
  });
}

const show = async (when: string): Promise<Left> => {
  const left = await measureLeft(environment, ours.nodes);
  console.log(`${when.padEnd(16)} ${leftLine(left)}`);
  return left;
};
const parts = {
  environment: { nodes: ours.nodes },
  api: new Api(environment.jwtSecret),
  random: createRandom(seed),
};
const midway = Math.ceil(sales / 2);
await show('before');
let played = 0;
let broken = 0;
while (played < sales && Date.now() < endsAt) {
  const judgement = await playSale(parts, shoppers);
  played += 1;
  if (judgement.broken.length > 0) {
    broken += 1;
    console.log(`BROKEN sale ${played}: ${judgement.broken.join('; ')}`);
  }
  // The first one loads and compiles what every later one uses.
  if (played === 1 || played === midway) await show(`after ${played}`);
}
if (played > midway) await show(`after ${played}`);
console.log(`\n${played} of ${sales} sales played, ${broken} broken (seed ${seed})`);
process.exitCode = broken === 0 && played === sales ? 0 : 1;
