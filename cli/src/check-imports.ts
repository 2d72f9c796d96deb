import { globSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { libraries, rooms } from './rooms.ts';
import { root } from './root.ts';

/** What `@flipzon/NAME/` stands for. */
const packageFolders: Readonly<Record<string, string>> = {
  protocol: 'protocol/src',
  server: 'server/src',
  'local-services': 'local-services/src',
};
const specifiers = /(?:\bfrom|\bimport\(?)\s*'([^'\n]+)'/g;
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
  return [...text.matchAll(specifiers)].flatMap(([, specifier = '']) => {
    const target = targetOf(file, specifier);
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
    { cwd: root, exclude: ['**/node_modules/**', 'load/test/**', '**/vitest.config.ts'] },
  );
  return files.sort().flatMap((file) => forbiddenImports(file, readFileSync(join(root, file), 'utf8')));
}

/** In the repository; null: a library. */
function targetOf(file: string, specifier: string): string | null {
  if (specifier.startsWith('.')) return posix.join(posix.dirname(file), specifier);
  const [, name = '', rest = ''] = /^@flipzon\/([\w-]+)\/(.+)$/.exec(specifier) ?? [];
  const folder = packageFolders[name];
  return folder === undefined ? null : posix.join(folder, rest);
}

function isIn(name: string, file: string): boolean {
  return file === name || file.startsWith(`${name}/`);
}

if (import.meta.main) {
  const forbidden = forbiddenInTree();
  for (const line of forbidden) console.log(line);
  process.exitCode = forbidden.length === 0 ? 0 : 1;
}
