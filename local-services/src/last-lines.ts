import { readFileSync } from 'node:fs';

/** The last lines of a log that say something, to put into an error; never throws. */
export function lastLines(file: string, count = 1): string {
  try {
    const lines = readFileSync(file, 'utf8').trimEnd().split('\n').slice(-count);
    return lines.map((line) => line.slice(0, 300)).join('; ') || 'it said nothing';
  } catch {
    return 'it left no log';
  }
}
