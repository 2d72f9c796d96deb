import { randomInt } from 'node:crypto';
import { variantsMax, variantsMin } from '@flipzon/protocol/variants.ts';
import { Command, InvalidArgumentError, Option } from 'commander';
import { integer, origin } from '../../shared/option-values.ts';
import { type Parsed, parse } from '../../shared/parse.ts';
import { defaultSpreadMs, describeShapes, type ShapeName, shapeNames } from './shapes.ts';

export interface Options {
  url: string[];
  buyers: number;
  spectators: number;
  quantity: number;
  /** Variants of the product in the new sale, which share the quantity; 0: it has none. */
  variants: number;
  shape: ShapeName;
  sale: 'new' | 'current';
  /** End the sale that is on or about to be. */
  replace: boolean;
  leadS: number;
  spreadMs: number;
  httpShare: number;
  doubleShare: number;
  processes: number;
  timeoutS: number;
  seed: number;
  label: boolean;
  secretFile?: string;
  json?: string;
}

/** Reads the arguments after the script's name; says what to print and how to exit when there is nothing to run. */
export function parseArguments(argv: readonly string[]): Parsed<Options> {
  const parsed = parse<Partial<Options> & Pick<Options, 'shape'>>(describe(), argv);
  if (parsed.code === 'exit') return parsed;
  const {
    label = false,
    replace = false,
    seed = randomInt(2 ** 32),
    spreadMs = defaultSpreadMs(parsed.options.shape),
    ...rest
  } = parsed.options;
  return { code: 'run', options: { ...(rest as Options), label, replace, seed, spreadMs } };
}

const help = `
Shapes:
${describeShapes()}

Tokens: with JWT_SECRET in the environment, --secret-file, or the key that npm start keeps in DATA_DIR, the crowd signs
its own; otherwise it asks POST /login (DEMO_LOGIN) for each shopper's token.

Exit code: 0 every promise held, 1 one was broken, 2 wrong usage or no server.

Examples:
  npm run crowd -- --buyers 5000 --spectators 1000 --replace
  npm run crowd -- --url http://127.0.0.1:3001,http://127.0.0.1:3002 --quantity 10 --spread-ms 0 --replace
  npm run crowd -- --shape scalpers --buyers 2000 --quantity 200 --replace
  npm run crowd -- --sale current --json run.json`;

function describe(): Command {
  return new Command('npm run crowd --')
    .description(
      'Drives a running shop with simulated shoppers and spectators, and says whether it kept its promises.',
    )
    .addOption(
      new Option('--url <urls>', 'the shop; several nodes comma-separated, clients are spread over them')
        .default(['http://127.0.0.1:3000'], 'http://127.0.0.1:3000')
        .argParser(urls),
    )
    .option('--buyers <n>', 'shoppers who all press at the opening', integer(1, 200_000), 5000)
    .option('--spectators <n>', 'sockets that only watch the count', integer(0, 200_000), 1000)
    .option('--quantity <n>', 'units in the sale that is scheduled for the run', integer(1, 10_000_000), 1000)
    .option('--variants <n>', 'variants of the product in that sale, 2 to 20; 0: none', variantCount, 0)
    .addOption(
      new Option('--sale <which>', 'schedule a new sale, or join the current one')
        .choices(['new', 'current'])
        .default('new'),
    )
    .option('--replace', 'end the sale that is on or scheduled there, for the new one')
    .addOption(
      new Option('--shape <shape>', 'when and how often they press; see below')
        .choices(shapeNames)
        .default('opening'),
    )
    .option('--lead-s <s>', 'a new sale opens this long after everyone is connected', integer(1, 60), 3)
    .option(
      '--spread-ms <ms>',
      'presses are spread over this long (default: by the shape)',
      integer(0, 600_000),
    )
    .option('--http-share <0..1>', 'share of the buyers who use POST /buy instead of the socket', share, 0.2)
    .option(
      '--double-share <0..1>',
      'share of the buyers who press twice at once, and repeat the request after a claim',
      share,
      0.05,
    )
    .option('--processes <n>', 'processes that the clients live in', integer(1, 64), 2)
    .option(
      '--timeout-s <s>',
      'a bound on connecting, and again on buying until the last order is confirmed',
      integer(5, 3600),
      120,
    )
    .option(
      '--seed <n>',
      'who presses when; printed, so that a run can be repeated (default: random)',
      integer(0, 0xffff_ffff),
    )
    .addOption(
      new Option(
        '--label',
        'say on the terminal that this is a simulated crowd; joins the current sale',
      ).implies({ sale: 'current' }),
    )
    .option('--secret-file <path>', 'sign the tokens with the HS256 key in this file (or in JWT_SECRET)')
    .option('--json <path>', 'write everything that was measured to this file')
    .addHelpText('after', help);
}

function variantCount(text: string): number {
  const value = Number(text);
  if (value === 0 || (Number.isInteger(value) && value >= variantsMin && value <= variantsMax)) return value;
  throw new InvalidArgumentError(`0, or a whole number from ${variantsMin} to ${variantsMax} is needed.`);
}

function share(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !(value >= 0 && value <= 1))
    throw new InvalidArgumentError('A number from 0 to 1 is needed.');
  return value;
}

function urls(text: string): string[] {
  const list = text.split(',').map((part) => part.trim());
  if (list.length > 64) throw new InvalidArgumentError('At most 64 nodes.');
  return list.map(origin);
}
