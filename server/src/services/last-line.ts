import { readFileSync } from 'node:fs';

/** The last line of a log that says something, to put into an error; never throws. */
export function lastLine(file: string): string {
  try {
    return readFileSync(file, 'utf8').trimEnd().split('\n').at(-1)?.slice(0, 300) || 'it said nothing';
  } catch {
    return 'it left no log';
  }
}
