import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findOnPath } from '@flipzon/local-services/find-on-path.ts';
import { runCommand } from '@flipzon/local-services/run-command.ts';
import type { SealAnswer, SealLeaves } from '@flipzon/protocol/seal-schemas.ts';

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

/** What the verifier says to a shop that publishes these; `kept`: a digest. */
export async function verdictOn(
  { seal, leaves }: { seal: SealAnswer; leaves: string[] },
  kept?: string,
): Promise<string> {
  const { saleId } = seal;
  const page = { saleId, version: 1, after: 0, leaves, next: null } satisfies SealLeaves;
  const server = createServer((request, response) => {
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify(request.url?.includes('/leaves') ? page : seal));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    const { port } = server.address() as AddressInfo;
    const { ok, output } = await verifySale(`http://127.0.0.1:${port}`, saleId, kept);
    return ok ? 'holds' : output.trim();
  } finally {
    server.close();
  }
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
