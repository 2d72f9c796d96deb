import { globSync } from 'node:fs';
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inRepository } from './repository.ts';

export interface NextVersion extends AsyncDisposable {
  /** To be started in place of this version's. */
  main: string;
}

/**
 * The node as a later version may be: its messages are of a version that this one does not know, and its scripts are others. Made from this
 * one's sources, so the rest is the same.
 */
export async function makeNextVersion(): Promise<NextVersion> {
  const folder = await mkdtemp(join(tmpdir(), 'flipzon-next-'));
  const here = inRepository('server');
  const there = join(folder, 'server');
  await cp(join(here, 'src'), join(there, 'src'), { recursive: true });
  await cp(join(here, 'package.json'), join(there, 'package.json'));
  await symlink(join(here, 'node_modules'), join(there, 'node_modules'));
  await change(join(there, 'src/shared/node-message.ts'), 'messageVersion = 1', 'messageVersion = 2');
  await change(
    join(there, 'src/redis/lua/claim.lua'),
    "'PUBLISH', channel, ",
    "'PUBLISH', channel, 'v2 ' .. ",
  );
  for (const script of globSync('src/redis/lua/*.lua', { cwd: there })) {
    await writeFile(
      join(there, script),
      `${await readFile(join(there, script), 'utf8')}-- of the next version\n`,
    );
  }
  return {
    main: join(there, 'src/main.ts'),
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  };
}

async function change(file: string, from: string, to: string): Promise<void> {
  const text = await readFile(file, 'utf8');
  if (!text.includes(from)) throw new Error(`${file} has no ${from}`);
  await writeFile(file, text.replace(from, to));
}
