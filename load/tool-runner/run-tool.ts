import { spawn } from 'node:child_process';

export type ToolEnd = { code: 'exited'; exitCode: number } | { code: 'failed'; message: string };

const goodbyeMs = 5_000;

/** Runs a load tool to its end, in the foreground, for a bounded time; Ctrl-C reaches the tool first, and so does a SIGTERM to this process. */
export function runTool(
  file: string,
  args: readonly string[],
  { cwd, env, timeoutS }: { cwd: string; env: NodeJS.ProcessEnv; timeoutS: number },
): Promise<ToolEnd> {
  return new Promise((resolve) => {
    const child = spawn(file, args, { cwd, env, stdio: ['ignore', 'inherit', 'inherit'] });
    let why: string | null = null;
    const end = (reason: string) => {
      why ??= reason;
      child.kill('SIGTERM');
      setTimeout(() => child.kill('SIGKILL'), goodbyeMs).unref();
    };
    const timer = setTimeout(() => end(`it was not done after ${timeoutS} s (--timeout-s)`), timeoutS * 1000);
    const onSignal = (signal: NodeJS.Signals) => end(`it was stopped by ${signal}`);
    process.on('SIGINT', onSignal).on('SIGTERM', onSignal);
    const settle = (result: ToolEnd) => {
      clearTimeout(timer);
      process.off('SIGINT', onSignal).off('SIGTERM', onSignal);
      resolve(result);
    };
    child.once('error', (error) => settle({ code: 'failed', message: error.message }));
    child.once('exit', (code, signal) => {
      if (why !== null) settle({ code: 'failed', message: why });
      else if (code === null) settle({ code: 'failed', message: `it was killed by ${signal}` });
      else settle({ code: 'exited', exitCode: code });
    });
  });
}
