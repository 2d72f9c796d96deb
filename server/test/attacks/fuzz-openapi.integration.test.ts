import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCommand } from '@flipzon/local-services/run-command.ts';
import { expect, inject, it } from 'vitest';
import { ensurePython, type Python } from '../_support/python-packages.ts';
import { openVictim } from '../_support/victim.ts';

/** `FUZZ_EXAMPLES=500` for a long run, which also goes through every boundary; `FUZZ_SEED=…` for another one. */
const examples = Number(process.env.FUZZ_EXAMPLES ?? 3);
const phases = process.env.FUZZ_EXAMPLES === undefined ? 'fuzzing' : 'coverage,fuzzing';
const seed = process.env.FUZZ_SEED ?? '20261125';
const runMsMax = 120_000 + examples * 10_000;
const installMsMax = 130_000;

const checks = [
  'not_a_server_error',
  'status_code_conformance',
  'content_type_conformance',
  'response_schema_conformance',
].join(',');

it(
  'the API keeps to its own /openapi.json, whatever an operator, a customer or a client without a token requests',
  async ({ skip }) => {
    const python = await ensurePython('schemathesis').catch((error: Error) => error.message);
    if (typeof python === 'string') {
      console.warn(`The API is not fuzzed from its /openapi.json. ${python}`);
      return skip(python);
    }
    await using victim = await openVictim(inject('mongodbUri'));
    const { shop, node, saleId } = victim;
    const tokens = [await shop.token('olga', 'operator'), await shop.token('ann'), 'nobody'];
    const runs = await Promise.all(tokens.map((token) => fuzz(python, victim.url, token)));
    for (const { ok, output } of runs) {
      expect(ok, output).toBe(true);
      // A run that asked little has found little.
      expect(Number(/(\d+) generated/.exec(output)?.[1]), output).toBeGreaterThan(60);
    }
    expect(await shop.audit(saleId, node)).toMatchObject({ clean: true });
    expect((await shop.request('GET', '/readyz', { node })).status).toBe(200);
  },
  runMsMax + installMsMax,
);

async function fuzz(python: Python, url: string, token: string) {
  // It keeps what it found beside where it runs.
  const cwd = await mkdtemp(join(tmpdir(), 'flipzon-fuzz-'));
  const args = [
    ...['-m', 'schemathesis.cli', 'run', `${url}/openapi.json`, '--header', `authorization: Bearer ${token}`],
    ...['--checks', checks, '--phases', phases, '--max-examples', String(examples), '--seed', seed],
    ...['--request-timeout', '10', '--suppress-health-check', 'all', '--generation-database', 'none'],
    ...['--no-shrink', '--no-color', '--warnings', 'off'],
  ];
  const env = { PYTHONPATH: python.packages, PYTHONDONTWRITEBYTECODE: '1' };
  try {
    return await runCommand(python.path, args, { timeoutMs: runMsMax, cwd, env });
  } finally {
    await rm(cwd, { recursive: true, force: true });
  }
}
