import { type ChildProcess, fork } from 'node:child_process';
import { setPriority } from 'node:os';

/** Of what it wrote to standard error the end is kept, to say why it failed. */
const saidCharactersMax = 1_000;
/** Behind everything else that this machine does. */
const niceness = 10;

export interface ProgramExit {
  code: number | null;
  signal: NodeJS.Signals | null;
  /** The last it wrote to standard error. */
  said: string;
}

export interface ForkedProgram {
  /** Never rejects: a program that could not be started has ended as well. */
  ended: Promise<ProgramExit>;
  /** Asks it to end, and ends it when it does not. */
  stop(): void;
}

/** A Node program in a separate process, which reports over its channel; if the channel closes, it ends by itself. */
export function forkProgram(
  file: string,
  args: readonly string[],
  {
    env,
    stopMsMax,
    onMessage,
  }: { env: NodeJS.ProcessEnv; stopMsMax: number; onMessage: (message: unknown) => void },
): ForkedProgram {
  const child = fork(file, [...args], { execArgv: [], env, stdio: ['ignore', 'ignore', 'pipe', 'ipc'] });
  let said = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    said = (said + text).slice(-saidCharactersMax);
  });
  child.on('message', onMessage);
  const ended = new Promise<ProgramExit>((resolve) => {
    child.once('error', (error) => resolve({ code: null, signal: null, said: error.message }));
    // Once its last output has been read.
    child.once('close', (code, signal) => resolve({ code, signal, said: said.trim() }));
  });
  yieldToOthers(child);
  let stopping = false;
  return {
    ended,
    stop() {
      if (stopping) return;
      stopping = true;
      child.kill('SIGINT');
      const timer = setTimeout(() => child.kill('SIGKILL'), stopMsMax);
      void ended.then(() => clearTimeout(timer));
    },
  };
}

function yieldToOthers({ pid }: ChildProcess): void {
  try {
    // What it starts itself inherits this.
    if (pid !== undefined) setPriority(pid, niceness);
  } catch {
    // If that is not allowed, it continues at normal priority.
  }
}
