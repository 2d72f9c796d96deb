import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './root.ts';

/** The folders of the workspace's packages. */
export function packages(): string[] {
  return readdirSync(root).filter(
    (name) => existsSync(join(root, name, 'package.json')) && existsSync(join(root, name, 'tsconfig.json')),
  );
}
