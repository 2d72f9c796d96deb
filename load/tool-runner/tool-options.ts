import { Argument, Command } from 'commander';
import { integer, origin } from '../shared/option-values.ts';
import { type Parsed, parse } from '../shared/parse.ts';

export const transports = ['http', 'socket'] as const;
export type Transport = (typeof transports)[number];

export interface ToolOptions {
  transport: Transport;
  url: string;
  customers: number;
  quantity: number;
  arriveS: number;
  /** End the sale that is on or about to be. */
  replace: boolean;
  leadS: number;
  timeoutS: number;
  secretFile?: string;
}

/** A thread of JMeter, or a user of Artillery, for each customer: with more of them the run measures the tool. */
const customersMax = 5_000;

export function parseToolOptions(
  tool: { name: string; description: string; notes: string },
  argv: readonly string[],
): Parsed<ToolOptions> {
  const command = new Command(`npm run ${tool.name} --`)
    .description(tool.description)
    .addArgument(new Argument('[transport]', 'the way to the shop').choices(transports).default('socket'))
    .option('--url <url>', 'the shop', origin, 'http://127.0.0.1:3000')
    .option('--customers <n>', 'customers, each of whom buys once', integer(1, customersMax), 500)
    .option('--quantity <n>', 'units in the sale that is scheduled for the run', integer(1, 10_000_000), 100)
    .option('--arrive-s <s>', 'the customers arrive spread over this long', integer(1, 600), 10)
    .option('--replace', 'end the sale that is on or scheduled there, for the new one', false)
    .option('--lead-s <s>', 'the sale opens this long after the tool has been started', integer(1, 600), 20)
    .option('--timeout-s <s>', 'a bound on the whole run of the tool', integer(30, 3600), 180)
    .option('--secret-file <path>', 'sign the tokens with the HS256 key in this file (or in JWT_SECRET)')
    .addHelpText(
      'after',
      `\n${tool.notes}\n\nExit code: 0 all held, 1 the audit or an expectation of the run is broken, 2 wrong usage, no shop or no tool.`,
    );
  const parsed = parse<Omit<ToolOptions, 'transport'>>(command, argv);
  if (parsed.code === 'exit') return parsed;
  const [transport] = command.processedArgs as [Transport];
  return { code: 'run', options: { ...parsed.options, transport } };
}
