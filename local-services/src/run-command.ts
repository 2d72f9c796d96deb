import { type ChildProcess, execFile } from 'node:child_process';
import { passedOn } from './passed-on.ts';

export type CommandResult = { ok: boolean; output: string };

type CommandOptions = { timeoutMs: number; cwd?: string; env?: NodeJS.ProcessEnv };

const running = new Set<ChildProcess>();
let stopped = false;

/** Runs a program to its end within a time limit; what it printed is a value, also when it failed. */
export function runCommand(file: string, args: string[], options: CommandOptions): Promise<CommandResult> {
  if (stopped) return Promise.resolve({ ok: false, output: 'interrupted' });
  const { timeoutMs, cwd, env } = options;
  return new Promise((resolve) => {
    const child = execFile(
      file,
      args,
      {
        timeout: timeoutMs,
        killSignal: 'SIGKILL',
        maxBuffer: 16 * 1024 * 1024,
        ...(cwd === undefined ? {} : { cwd }),
        env: { ...passedOn('tool'), ...env },
      },
      (error, stdout, stderr) => {
        running.delete(child);
        const output = `${stdout}${stderr}`.trim();
        resolve({ ok: error === null, output: output || (error?.message ?? '') });
      },
    );
    running.add(child);
  });
}

/** Ends every command that runs, and lets no further one start: a set-up that was interrupted leaves none behind. */
export function stopCommands(): void {
  stopped = true;
  for (const child of running) child.kill('SIGTERM');
}
