import { readFile, rm } from 'node:fs/promises';
import { runCommand } from './run-command.ts';

const POLL_MS = 25;

/** Stops the process that an earlier start left behind, if the pid file names one that runs on our own files. */
export async function stopStaleService(pidFile: string, marker: string, stopMsMax: number): Promise<boolean> {
  const pid = Number(await readFile(pidFile, 'utf8').catch(() => ''));
  if (!Number.isInteger(pid) || pid <= 1) return false;
  const isOurs = async () => (await commandLine(pid)).includes(marker);
  let stopped = false;
  // A pid is used again by other programs: only one whose command line names our files is stopped.
  if (await isOurs()) {
    stopped = true;
    signal(pid, 'SIGTERM');
    const killAt = performance.now() + stopMsMax;
    const giveUpAt = killAt + 2_000;
    while ((await isOurs()) && performance.now() < giveUpAt) {
      if (performance.now() > killAt) signal(pid, 'SIGKILL');
      await new Promise((done) => setTimeout(done, POLL_MS));
    }
  }
  await rm(pidFile, { force: true });
  return stopped;
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // It has just ended by itself.
  }
}

async function commandLine(pid: number): Promise<string> {
  if (process.platform === 'linux') {
    return (await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')).replaceAll('\0', ' ');
  }
  const { ok, output } = await runCommand('ps', ['-p', String(pid), '-o', 'args='], { timeoutMs: 5_000 });
  return ok ? output : '';
}
