import { openDatabaseProxy } from '@flipzon/server/test-support/database-proxy.ts';
import { Command } from 'commander';
import { integer } from '../shared/option-values.ts';
import { Api } from './api.ts';
import { openEnvironment } from './environment.ts';
import { createRandom } from './random.ts';
import { playRound, type Round, replay } from './round.ts';

/** `npm run chaos -- --minutes N --seed S`: exit code 0 when every promise held, 1 when one was broken. */

const options = new Command('chaos')
  .description('Sales under random faults: processes killed, frozen, wiped; each sale ends with the audit.')
  .option('--minutes <n>', 'how long', integer(1, 600), 5)
  .option(
    '--seed <n>',
    'repeats a run, as far as the machine allows',
    integer(1, 2 ** 31 - 1),
    Date.now() % 2 ** 31,
  )
  .option('--nodes <n>', 'server processes', integer(1, 8), 2)
  .parse()
  .opts<{ minutes: number; seed: number; nodes: number }>();

const random = createRandom(options.seed);
const endsAt = Date.now() + options.minutes * 60_000;
console.log(`chaos: seed ${options.seed}, ${options.nodes} nodes, ${options.minutes} minutes`);

const rounds: Round[] = [];
await using environment = await openEnvironment(options.nodes, openDatabaseProxy);
process.once('SIGINT', () => {
  void environment[Symbol.asyncDispose]().then(() => process.exit(130));
});
const api = new Api(environment.jwtSecret);
while (Date.now() < endsAt) {
  const round = await playRound(environment, api, random);
  // The previous sale has left the page: requests that bought in it get the same answers.
  const before = rounds.at(-1);
  if (before !== undefined) {
    round.judgement.broken.push(
      ...(await replay({ environment, api, random }, before.told, Date.now() + 60_000)),
    );
  }
  rounds.push(round);
  const { broken, takenBack, lost } = round.judgement;
  const figures = `${round.claimed} claimed, ${round.confirmedSeen} confirmed, ${takenBack} taken back, ${lost.length} lost`;
  const verdict = broken.length === 0 ? 'ok    ' : 'BROKEN';
  console.log(
    `${verdict} ${[...round.faults, ...round.actions].join(', ')}: ${figures}, settled after ${round.settledMs} ms ${broken.join('; ')}`,
  );
}

const sum = (of: (round: Round) => number) => rounds.reduce((total, round) => total + of(round), 0);
const broken = rounds.filter((round) => round.judgement.broken.length > 0).length;
console.log(
  `\n${rounds.length} sales, ${sum((round) => round.kills)} kills, ${sum((round) => round.claimed)} claims acknowledged, ` +
    `${sum((round) => round.confirmedSeen)} seen confirmed, ${sum((round) => round.judgement.takenBack)} claims taken back, ` +
    `${sum((round) => round.judgement.lost.length)} confirmed orders lost, ${broken} sales broken (seed ${options.seed})`,
);
process.exitCode = broken === 0 ? 0 : 1;
