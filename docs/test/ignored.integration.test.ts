import { spawnSync } from 'node:child_process';
import { globSync, readFileSync } from 'node:fs';
import { join, matchesGlob, resolve } from 'node:path';
import { expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '../..');
const read = (file: string) => readFileSync(join(root, file), 'utf8');

/** Files and folders of the checkout that hold keys, passwords, tokens or orders once somebody has followed the documents. */
const secretPlaces = [
  '.env',
  '.env.production',
  'server/.env',
  '.data/jwt-secret',
  '.data2/redis/password',
  '.restored/mongodb/password',
  'backups/sunday/jwt-secret',
  'tokens.csv',
  'tokens-2.jsonl',
];

/** As Docker reads it, in the part of its syntax that is used here: the last line that matches decides. */
function isLeftOut(path: string): boolean {
  const steps = path.split('/');
  const lines = read('.dockerignore')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'));
  return lines.reduce((left, line) => {
    const pattern = line.replace(/^!/, '');
    // What lies in a folder that is left out is left out with it.
    const matches = steps.some((_, index) => matchesGlob(steps.slice(0, index + 1).join('/'), pattern));
    return matches ? !line.startsWith('!') : left;
  }, false);
}

it('git ignores every place where the documents put secrets, and not the example', () => {
  const asked = spawnSync('git', ['check-ignore', '--no-index', ...secretPlaces, '.env.example'], {
    cwd: root,
    encoding: 'utf8',
  });
  expect(asked.stdout.trim().split('\n')).toEqual(secretPlaces);
});

it('Docker is not given them either', () => {
  expect(secretPlaces.filter((path) => !isLeftOut(path))).toEqual([]);
  expect(['.env.example', 'server/src/main.ts', 'package.json'].filter(isLeftOut)).toEqual([]);
});

it('the folders that the documents and messages name for data are among those', () => {
  const texts = globSync(['README.md', 'SECURITY.md', 'docs/*.md', 'cli/src/**/*.ts', '.env.example'], {
    cwd: root,
  });
  const named = texts.flatMap((file) =>
    [
      ...read(file).matchAll(
        /(?:DATA_DIR=|--data-dir |cp \.env\.example |tokens --.* --out )(\.?[a-z][\w./-]*)/g,
      ),
    ].map((match) => match[1] as string),
  );
  expect(named).toEqual(expect.arrayContaining(['.data', '.data2', '.restored', '.env', 'tokens.csv']));
  const paths = named.map((name) =>
    name.startsWith('.data') || name.startsWith('.restored') ? `${name}/file` : name,
  );
  const ignored = spawnSync('git', ['check-ignore', '--no-index', ...paths], { cwd: root, encoding: 'utf8' });
  expect(ignored.stdout.trim().split('\n')).toEqual(paths);
  expect(paths.filter((path) => !isLeftOut(path))).toEqual([]);
});
