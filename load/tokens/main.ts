import { parseArguments } from './arguments.ts';
import { tokenLines } from './make-tokens.ts';
import { chooseSource } from './source.ts';
import { formatFor } from './token-format.ts';
import { writeTokens } from './write-tokens.ts';

/** `npm run tokens -- --count N`: exit code 0 when all were made, 2 otherwise. */

const failed = 2;

const parsed = parseArguments(process.argv.slice(2));
if (parsed.code === 'exit') {
  (parsed.exitCode === 0 ? process.stdout : process.stderr).write(parsed.text);
  process.exit(parsed.exitCode);
}
const { options } = parsed;
const chosen = await chooseSource(options, process.env);
if (!chosen.ok) {
  process.stderr.write(`${chosen.message}\n`);
  process.exit(failed);
}
const format = formatFor(options.format, options.out);
try {
  await writeTokens(tokenLines(chosen.source, { ...options, format }), options.out);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(failed);
}
const { count, prefix, out = 'standard output' } = options;
process.stderr.write(`${count} tokens, ${prefix}-1 to ${prefix}-${count}, ${chosen.how}: ${out}\n`);
