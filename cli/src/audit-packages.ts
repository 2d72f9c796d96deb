import { spawnSync } from 'node:child_process';
import { root } from './root.ts';
import { say } from './say.ts';

/**
 * `npm run audit:packages`: asks the registry for known vulnerabilities of the packages in the lockfile. Exit code 0: there are none; 1: there
 * are some; 2: the registry gave no answer. Arguments after `--` go to `pnpm audit`, such as `--prod`.
 */
const notAsked = 2;

const { status, stderr } = spawnSync('pnpm', ['audit', ...process.argv.slice(2)], {
  cwd: root,
  stdio: ['ignore', 'inherit', 'pipe'],
  encoding: 'utf8',
});
process.stderr.write(stderr);
if (stderr.includes('ERR_PNPM_AUDIT_BAD_RESPONSE')) {
  say(
    "Not audited: the registry's list of vulnerabilities is not reachable from here. Try it on a network that reaches it.",
  );
  process.exitCode = notAsked;
} else process.exitCode = status ?? notAsked;
