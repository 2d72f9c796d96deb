import { execFile } from 'node:child_process';

export type CommandResult = { ok: boolean; output: string };

type CommandOptions = { timeoutMs: number; cwd?: string; env?: NodeJS.ProcessEnv };

/** Runs a program to its end within a time limit; what it printed is a value, also when it failed. */
export function runCommand(file: string, args: string[], options: CommandOptions): Promise<CommandResult> {
  const { timeoutMs, cwd, env } = options;
  return new Promise((resolve) => {
    execFile(
      file,
      args,
      {
        timeout: timeoutMs,
        killSignal: 'SIGKILL',
        maxBuffer: 16 * 1024 * 1024,
        ...(cwd === undefined ? {} : { cwd }),
        env: { ...process.env, ...env },
      },
      (error, stdout, stderr) => {
        const output = `${stdout}${stderr}`.trim();
        resolve({ ok: error === null, output: output || (error?.message ?? '') });
      },
    );
  });
}
