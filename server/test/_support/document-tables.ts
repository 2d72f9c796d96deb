import { readRepository } from './repository.ts';

/** What is written as code in the first cells of a document's tables, those below `heading` if one is given. */
export function firstCells(file: string, heading?: string): string[] {
  const text = readRepository(file);
  const part = heading === undefined ? text : text.split(`\n## ${heading}\n`)[1]?.split('\n## ')[0];
  if (part === undefined) throw new Error(`${file} has no heading ${heading}`);
  return part
    .split('\n')
    .filter((line) => line.startsWith('| `'))
    .flatMap((row) => [...(row.split('|')[1] ?? '').matchAll(/`([^`]+)`/g)].map(([, name = '']) => name));
}
