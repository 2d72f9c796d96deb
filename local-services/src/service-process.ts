import { spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync, statSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { findOnPath } from './find-on-path.ts';
import { passedOn } from './passed-on.ts';
import { type PrivateService, type ServiceExit, ServiceUnavailableError } from './private-service.ts';
import { stopStaleService } from './stale-service.ts';

const LOG_BYTES_MAX = 4 * 1024 * 1024;
const POLL_MS = 50;

export type ServiceProcessOptions = {
  kind: string;
  version: string;
  url: string;
  port: number;
  command: string;
  args: string[];
  env?: NodeJS.ProcessEnv | undefined;
  /** Where its pid is noted, so that the next start can stop it when we died without doing so. */
  pidFile: string;
  /** Part of its command line that no other process has: the path of its own files. */
  marker: string;
  logFile: string;
  /** Answers whether the service serves now; called again and again until it does. */
  isReady: () => Promise<boolean>;
  readyMsMax: number;
  stopMsMax: number;
};

/** Starts a service as a child in a separate process group, and waits until it serves. */
export async function startServiceProcess(options: ServiceProcessOptions): Promise<PrivateService> {
  await stopStaleService(options.pidFile, options.marker, options.stopMsMax);
  const child = spawnService(options);
  const { promise: exited, resolve } = Promise.withResolvers<ServiceExit>();
  let stopping = false;
  let ended: ServiceExit | undefined;
  let spawnError: Error | undefined;
  const end = (code: number | null, signal: NodeJS.Signals | null) => {
    // Redis names the error in the line before its last.
    const said = code === null ? null : lastLines(options.logFile, 2);
    ended = { code, signal, said, expected: stopping };
    resolve(ended);
  };
  child.once('exit', end);
  child.once('error', (error) => {
    spawnError = error;
    end(null, null);
  });

  const stop = async () => {
    stopping = true;
    if (ended === undefined) {
      child.kill('SIGTERM');
      const timer = setTimeout(() => child.kill('SIGKILL'), options.stopMsMax);
      await exited;
      clearTimeout(timer);
    }
    await rm(options.pidFile, { force: true });
  };

  if (child.pid !== undefined) await writeFile(options.pidFile, `${child.pid}\n`, { mode: 0o600 });
  const deadline = performance.now() + options.readyMsMax;
  while (!(ended === undefined && (await options.isReady()))) {
    if (ended !== undefined || performance.now() > deadline) {
      await stop();
      const why = spawnError?.message ?? lastLines(options.logFile);
      const what =
        stopping && ended?.expected ? `did not serve within ${options.readyMsMax} ms` : 'ended at once';
      throw new ServiceUnavailableError(`${options.kind} ${what}: ${why} (log: ${options.logFile})`);
    }
    await Promise.race([exited, new Promise((done) => setTimeout(done, POLL_MS))]);
  }

  return {
    url: options.url,
    port: options.port,
    pid: child.pid ?? 0,
    kind: options.kind,
    version: options.version,
    onExit(callback) {
      let wanted = true;
      void exited.then((exit) => wanted && callback(exit));
      return () => {
        wanted = false;
      };
    },
    [Symbol.asyncDispose]: stop,
  };
}

function spawnService({ command, args, env, logFile }: ServiceProcessOptions) {
  mkdirSync(dirname(logFile), { recursive: true, mode: 0o700 });
  const tooLong = (statSync(logFile, { throwIfNoEntry: false })?.size ?? 0) > LOG_BYTES_MAX;
  const log = openSync(logFile, tooLong ? 'w' : 'a', 0o600);
  // Where the OS can, the kernel ends it with us, even when we are killed with SIGKILL.
  const setpriv = process.platform === 'linux' ? findOnPath('setpriv') : undefined;
  const [file, ...rest] = setpriv
    ? [setpriv, '--pdeathsig', 'TERM', '--', command, ...args]
    : [command, ...args];
  try {
    // In a separate session: Ctrl-C in the terminal reaches only this process, which stops the service after the nodes have drained.
    return spawn(file as string, rest, {
      stdio: ['ignore', log, log],
      detached: true,
      env: { ...passedOn('program'), ...env },
    });
  } finally {
    closeSync(log);
  }
}

/** The last lines of a log that say something, to put into an error; never throws. */
function lastLines(file: string, count = 1): string {
  try {
    const lines = readFileSync(file, 'utf8').trimEnd().split('\n').slice(-count);
    return lines.map((line) => line.slice(0, 300)).join('; ') || 'it said nothing';
  } catch {
    return 'it left no log';
  }
}
