import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findOnPath } from '@flipzon/local-services/find-on-path.ts';
import { runCommand } from '@flipzon/local-services/run-command.ts';

const script = fileURLToPath(new URL('../../../docs/verify.py', import.meta.url));

/** Runs the third party's verifier; `ok` when it accepts. */
async function verify(...args: string[]): Promise<{ ok: boolean; output: string }> {
  const python = findOnPath('python3');
  if (python === undefined) throw new Error('This test needs Python 3: there is no python3 on PATH.');
  return runCommand(python, [script, ...args], { timeoutMs: 50_000 });
}

/** `digest`: the one that a third party has kept. */
export function verifySale(shopUrl: string, saleId: string, digest?: string) {
  return verify('sale', shopUrl, saleId, ...(digest === undefined ? [] : [digest]));
}

export async function verifyProof(proof: object, customerId: string, root: string) {
  const folder = await mkdtemp(join(tmpdir(), 'flipzon-proof-'));
  try {
    const file = join(folder, 'proof.json');
    await writeFile(file, JSON.stringify(proof));
    return await verify('proof', file, customerId, root);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
