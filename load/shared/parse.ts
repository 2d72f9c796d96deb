import { type Command, CommanderError } from 'commander';

export type Parsed<Options> =
  | { code: 'run'; options: Options }
  | { code: 'exit'; exitCode: number; text: string };

/** Runs a command's parser on the arguments after the script's name; says what to print and how to exit when there is nothing to run. */
export function parse<Options extends object>(command: Command, argv: readonly string[]): Parsed<Options> {
  const lines: string[] = [];
  command.exitOverride().configureOutput({
    writeOut: (text) => lines.push(text),
    writeErr: (text) => lines.push(text),
  });
  try {
    command.parse(argv, { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    return { code: 'exit', exitCode: error.exitCode === 0 ? 0 : 2, text: lines.join('') };
  }
  return { code: 'run', options: command.opts<Options>() };
}
