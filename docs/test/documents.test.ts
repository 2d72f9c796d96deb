import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '../..');
const documents = globSync(['README.md', 'docs/**/*.md'], { cwd: root, exclude: ['**/node_modules/**'] });
const read = (file: string) => readFileSync(join(root, file), 'utf8');

/** What a build makes is not there in a fresh clone. */
const built = ['client/dist'];

describe.each(documents)('%s', (file) => {
  const text = read(file);

  it('links only to what is there', () => {
    const links = [...text.matchAll(/\]\(([^)#\s]+)[^)]*\)/g)].map((match) => match[1] as string);
    const missing = links.filter(
      (link) => !/^https?:/.test(link) && !existsSync(join(root, dirname(file), link)),
    );
    expect(missing).toEqual([]);
  });

  it('names only npm commands that exist', () => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
    const named = [...text.matchAll(/npm run ([a-z:-]+)/g)].map((match) => match[1] as string);
    expect(named.filter((name) => !(name in scripts))).toEqual([]);
  });

  it('names only source files that exist', () => {
    const named = [...text.matchAll(/`((?:server|client|protocol|e2e|load|cli|docs|deploy)\/[\w./-]+)`/g)];
    expect(
      named
        .map((match) => match[1] as string)
        .filter((path) => !built.includes(path) && !existsSync(join(root, path))),
    ).toEqual([]);
  });
});

it('describes every variable that the node reads, and no other', () => {
  const known = [...read('server/src/config.ts').matchAll(/^ {2}([A-Z][A-Z_]+): (?:\[|trueOrFalse,)/gm)].map(
    (match) => match[1],
  );
  const table = read('README.md').split('## Configuration')[1]?.split('\n## ')[0] ?? '';
  const rows = table.split('\n').filter((line) => line.startsWith('| `'));
  const described = rows.flatMap((row) =>
    [...(row.split('|')[1] ?? '').matchAll(/`([A-Z_]+)`/g)].map((m) => m[1]),
  );
  const launcherOnly = ['DATA_DIR', 'NODES'];
  expect(known.length).toBeGreaterThan(10);
  expect(described.filter((name) => !launcherOnly.includes(name as string)).sort()).toEqual(known.sort());
});
