import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

export type KnownSecret =
  | { ok: true; secret: string | undefined; from: 'file' | 'environment' | 'data-dir' | 'nowhere' }
  | { ok: false; message: string };

/**
 * The key that signs the shop's tokens, as far as it is known on this machine: from the file given, from JWT_SECRET, or kept by
 * `npm start` in its data directory.
 */
export async function knownSecret(
  secretFile: string | undefined,
  env: NodeJS.ProcessEnv,
): Promise<KnownSecret> {
  if (secretFile !== undefined) {
    const secret = await readSecret(secretFile);
    if (secret === undefined)
      return { ok: false, message: `The file ${secretFile} with the key cannot be read, or is empty.` };
    return { ok: true, secret, from: 'file' };
  }
  if (env.JWT_SECRET) return { ok: true, secret: env.JWT_SECRET, from: 'environment' };
  const kept = await readSecret(join(env.DATA_DIR || '.data', 'jwt-secret'));
  return { ok: true, secret: kept, from: kept === undefined ? 'nowhere' : 'data-dir' };
}

async function readSecret(path: string): Promise<string | undefined> {
  try {
    return (await readFile(path, 'utf8')).trim() || undefined;
  } catch {
    return undefined;
  }
}
