import { existsSync, globSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { libraries, rooms } from './rooms.ts';
import { root } from './root.ts';

/** What `@flipzon/NAME/` stands for. */
const packageFolders: Readonly<Record<string, string>> = {
  protocol: 'protocol/src',
  server: 'server/src',
  'server/test-support': 'server/test/_support',
  'local-services': 'local-services/src',
  'local-services/test-support': 'local-services/test/_support',
};
const specifiers = /(?:\bfrom|\bimport\(?)\s*'([^'\n]+)'/g;
/** Redis, a node, a tool: a test starts all of them as processes. */
const starters = ['node:child_process', 'node:cluster', 'node:worker_threads'];
/** The database is started once, for all integration tests. */
const databaseOfAll = /\binject\('(mongodbUri)'\)/;
const typeImports = /^(?:import|export) type\b[^;]*;/gm;
const names = Object.keys(rooms).sort((a, b) => b.length - a.length);

/** Undefined: the file is in no room. */
export function roomOf(file: string): string | undefined {
  return names.find((name) => isIn(name, file));
}

/** One line for each import that the table of rooms does not allow, and for each file that is in no room. */
export function forbiddenImports(file: string, text: string): string[] {
  const room = roomOf(file);
  if (room === undefined) return [`${file} is in no room of cli/src/rooms.ts`];
  const allowed = rooms[room] ?? [];
  return importsOf(file, text).flatMap(({ specifier, target }) => {
    if (target === null) {
      const users = libraries[specifier.split('/')[0] ?? ''];
      return users === undefined || users.includes(room)
        ? []
        : [`${file}: ${room} does not use ${specifier}`];
    }
    const other = roomOf(target);
    const isAllowed =
      other === room ||
      allowed.some((name) => name === other || (!names.includes(name) && isIn(name, target)));
    return isAllowed ? [] : [`${file}: ${room} does not import ${other ?? target} (${specifier})`];
  });
}

/** The same for the whole tree. */
export function forbiddenInTree(): string[] {
  const files = globSync(
    ['{protocol,local-services,server,client,cli}/src/**/*.{ts,tsx}', 'load/**/*.{ts,mjs}', 'e2e/**/*.ts'],
    { cwd: root, exclude: ['**/node_modules/**', 'load/test/**'] },
  );
  return files.sort().flatMap((file) => forbiddenImports(file, readFileSync(join(root, file), 'utf8')));
}

/** One line for each unit test that uses, itself or through helpers, what is started: it is an integration test. */
export function unitTestsThatStartSomething(
  read: (file: string) => string = readIfThere,
  tests: readonly string[] = unitTests(),
): string[] {
  const known = new Map<string, { started: string | undefined; targets: string[] }>();
  const look = (file: string) => {
    const text = read(file).replace(typeImports, '');
    const imports = importsOf(file, text);
    const starter = imports.find(({ specifier }) => starters.includes(specifier))?.specifier;
    return {
      started: starter ?? databaseOfAll.exec(text)?.[1],
      targets: imports.flatMap(({ target }) => target ?? []),
    };
  };
  return tests.flatMap((test) => {
    /** Each file that the test loads, with the way to it. */
    const ways = new Map([[test, test]]);
    for (const [file, way] of ways) {
      const { started, targets } = known.get(file) ?? look(file);
      known.set(file, { started, targets });
      if (started !== undefined) {
        return [`${way} → ${started}: a test that needs something started is named *.integration.test.ts`];
      }
      for (const target of targets) if (!ways.has(target)) ways.set(target, `${way} → ${target}`);
    }
    return [];
  });
}

function unitTests(): string[] {
  const exclude = ['**/node_modules/**', '**/*.integration.test.ts'];
  return globSync('*/test/**/*.test.ts', { cwd: root, exclude }).sort();
}

/** Only what can import is read: not a picture, a font, a page. */
function readIfThere(file: string): string {
  const path = join(root, file);
  return /\.(?:tsx?|mjs|js)$/.test(file) && existsSync(path) ? readFileSync(path, 'utf8') : '';
}

/** `target`: the imported file; null: a library. */
function importsOf(file: string, text: string): { specifier: string; target: string | null }[] {
  return [...text.matchAll(specifiers)].map(([, specifier = '']) => ({
    specifier,
    target: targetOf(file, specifier),
  }));
}

function targetOf(file: string, specifier: string): string | null {
  if (specifier.startsWith('.')) return posix.join(posix.dirname(file), specifier);
  const [, name = '', rest = ''] = /^@flipzon\/([\w-]+(?:\/test-support)?)\/(.+)$/.exec(specifier) ?? [];
  const folder = packageFolders[name];
  return folder === undefined ? null : posix.join(folder, rest);
}

function isIn(name: string, file: string): boolean {
  return file === name || file.startsWith(`${name}/`);
}

if (import.meta.main) {
  const forbidden = [...forbiddenInTree(), ...unitTestsThatStartSomething()];
  for (const line of forbidden) console.log(line);
  process.exitCode = forbidden.length === 0 ? 0 : 1;
}
