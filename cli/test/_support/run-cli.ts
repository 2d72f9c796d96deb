import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { root } from '../../src/root.ts';

export type CliResult = { code: number | null; stdout: string; stderr: string };

/** Runs `node FILE ARGS` of the checkout to its end, as a shell would. */
export function runNode(file: string, args: string[], env: NodeJS.ProcessEnv = {}): Promise<CliResult> {
  const child = spawn(process.execPath, [join(root, file), ...args], { env: { ...process.env, ...env } });
  const result: CliResult = { code: null, stdout: '', stderr: '' };
  child.stdout.on('data', (chunk) => {
    result.stdout += chunk;
  });
  child.stderr.on('data', (chunk) => {
    result.stderr += chunk;
  });
  return new Promise((resolve) => {
    child.once('close', (code) => resolve({ ...result, code }));
  });
}
