import { join } from 'node:path';
import { runCommand } from '@flipzon/local-services/run-command.ts';
import { elapsed } from './elapsed.ts';
import { packages } from './packages.ts';
import { root } from './root.ts';

const CHECK_MS_MAX = 300_000;

type Check = { name: string; file: string; args: string[]; cwd: string };

/** `npm run verify`: imports, Biome, tsc in every package, knip and the unit tests, which `--no-tests` leaves out; shows what a failed check said. */
export async function verify(args: readonly string[] = []): Promise<number> {
  const startedAt = Date.now();
  const bin = (name: string) => join(root, 'cli', 'node_modules', '.bin', name);
  const unitTests: Check = {
    name: 'unit tests',
    file: bin('vitest'),
    args: ['run', '--root', root, '--project', 'unit'],
    cwd: root,
  };
  const checks: Check[] = [
    { name: 'imports', file: process.execPath, args: [join(root, 'cli/src/check-imports.ts')], cwd: root },
    { name: 'Biome', file: bin('biome'), args: ['check', '--error-on-warnings', '.'], cwd: root },
    ...packages().map((name) => ({
      name: `tsc ${name}`,
      file: join(root, name, 'node_modules', '.bin', 'tsc'),
      args: ['-p', '.'],
      cwd: join(root, name),
    })),
    { name: 'knip', file: bin('knip'), args: ['--no-progress'], cwd: root },
    ...(args.includes('--no-tests') ? [] : [unitTests]),
  ];
  let failed = 0;
  for (const { name, file, args, cwd } of checks) {
    const checkStartedAt = Date.now();
    const { ok, output } = await runCommand(file, args, { timeoutMs: CHECK_MS_MAX, cwd, env: process.env });
    console.log(`  ${ok ? '✔' : '✖'} ${name} (${elapsed(Date.now() - checkStartedAt)})`);
    if (ok) continue;
    failed += 1;
    console.log(output);
  }
  const verdict = failed === 0 ? 'all passed' : `${failed} failed`;
  console.log(`verify: ${checks.length} checks, ${verdict}, in ${elapsed(Date.now() - startedAt)}`);
  return failed === 0 ? 0 : 1;
}
