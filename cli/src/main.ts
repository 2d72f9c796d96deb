import { Command } from 'commander';
import { demo } from './demo.ts';
import { doctor } from './doctor.ts';
import { isFatal } from './fatal.ts';
import { setUp } from './set-up.ts';
import { start } from './start.ts';
import { runTests } from './test.ts';
import { verify } from './verify.ts';

const program = new Command('flipzon')
  .description('Runs, tests and inspects the flash sale.')
  .showHelpAfterError();

/** What an action returns is the exit code of the process. */
function command(name: string, description: string, action: (args: string[]) => Promise<number>): void {
  program
    .command(name)
    .description(description)
    .argument('[args...]')
    .allowUnknownOption()
    .action(async (args: string[]) => {
      process.exitCode = await action(args);
    });
}

command('start', 'set everything up and run the shop', () => start());
command(
  'demo',
  'the shop over two nodes, with a simulated crowd and a sale that opens within a minute of its page being opened',
  demo,
);
command('setup', 'set everything up without starting anything', () => setUp());
command('doctor', 'what is installed, what is missing, and what to do about it', () => doctor());
command('verify', 'Biome, tsc, knip and the unit tests', verify);
command('test', 'every test: unit, integration, and in a real browser', runTests);

try {
  await program.parseAsync();
} catch (error) {
  if (!isFatal(error)) throw error;
  process.stderr.write(`\n${error.message}\n`);
  process.exitCode = error.exitCode;
}
// The channel to the bootstrap must not keep alive a process whose work is done.
if (process.connected) process.disconnect();
