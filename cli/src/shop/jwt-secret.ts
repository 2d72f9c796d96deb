import { randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const SECRET_BYTES = 32;

/** The key that signs this data directory's tokens: random, kept there, readable by its owner only. */
export function keptJwtSecret(dataDir: string): string {
  const file = join(dataDir, 'jwt-secret');
  try {
    const kept = readFileSync(file, 'utf8').trim();
    if (kept.length >= SECRET_BYTES) return kept;
  } catch {
    // The first start on this directory.
  }
  const secret = randomBytes(SECRET_BYTES).toString('base64url');
  writeFileSync(file, secret, { mode: 0o600 });
  return secret;
}
