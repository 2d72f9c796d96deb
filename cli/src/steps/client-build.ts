import { createHash } from 'node:crypto';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runCommand } from '@flipzon/local-services/run-command.ts';
import { FatalError } from '../fatal.ts';
import { root } from '../root.ts';

const BUILD_MS_MAX = 180_000;
const SOURCES = ['client/**/*', 'protocol/src/**/*', 'pnpm-lock.yaml'];
const NOT_SOURCES = ['client/dist/**', 'client/node_modules/**', 'client/test/**'];

/** Builds the page when its sources have changed since the last build. */
export async function ensureClientBuild(report: (line: string) => void): Promise<string> {
  const client = join(root, 'client');
  const stampFile = join(client, 'dist', '.sources');
  const stamp = sourcesHash();
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) return 'built already';
  report('vite build');
  const vite = join(client, 'node_modules', 'vite', 'bin', 'vite.js');
  const built = await runCommand(process.execPath, [vite, 'build'], { cwd: client, timeoutMs: BUILD_MS_MAX });
  if (!built.ok) throw new FatalError(`The page could not be built:\n${built.output}`);
  await writeFile(stampFile, stamp);
  return 'built';
}

function sourcesHash(): string {
  const hash = createHash('sha256');
  const entries = globSync(SOURCES, { cwd: root, exclude: NOT_SOURCES, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  for (const file of files.sort()) hash.update(file.slice(root.length)).update(readFileSync(file));
  return hash.digest('hex');
}
