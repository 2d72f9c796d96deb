import { Command, InvalidArgumentError, Option } from 'commander';
import { integer, origin } from '../shared/option-values.ts';
import { type Parsed, parse } from '../shared/parse.ts';
import { type TokenFormat, tokenFormats } from './token-format.ts';

export interface Options {
  count: number;
  out?: string;
  format?: TokenFormat;
  prefix: string;
  url?: string;
  secretFile?: string;
}

export const countMax = 200_000;

export function parseArguments(argv: readonly string[]): Parsed<Options> {
  return parse(describe(), argv);
}

function describe(): Command {
  return new Command('npm run tokens --')
    .description(
      'Makes authentication tokens for many customers, for load tools; they are valid for two hours.',
    )
    .requiredOption('--count <n>', 'how many customers', integer(1, countMax))
    .option('--out <path>', 'the file to write, readable by its owner only (default: standard output)')
    .addOption(
      new Option(
        '--format <format>',
        'csv: customerId,token with a heading; jsonl: an object a line (default: by the name of --out, else csv)',
      ).choices(tokenFormats),
    )
    .option('--prefix <text>', 'the customers are <text>-1, <text>-2, …', prefix, 'load')
    .option(
      '--url <url>',
      'a running shop: tokens are checked there, or fetched from its POST /login',
      origin,
    )
    .option('--secret-file <path>', 'sign with the HS256 key in this file')
    .addHelpText(
      'after',
      `
The key: --secret-file, else JWT_SECRET, else the one that npm start keeps in DATA_DIR (.data). Without a key that the shop at
--url accepts, each token is asked for at its POST /login (DEMO_LOGIN).

Exit code: 0 all were made, 2 wrong usage, no key and no shop.

Examples:
  npm run --silent tokens -- --count 1000 --out tokens.csv
  npm run --silent tokens -- --count 1000 --out tokens.jsonl --url http://127.0.0.1:3000`,
    );
}

function prefix(text: string): string {
  if (!/^[a-zA-Z0-9._-]{1,64}$/.test(text)) {
    throw new InvalidArgumentError('1 to 64 letters, digits, dots, dashes and underscores are needed.');
  }
  return text;
}
