import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import type { FromChild, ProgressReport, ToChild } from './messages.ts';

type ReportType = Exclude<FromChild['type'], 'progress'>;
type ReportOf<T extends ReportType> = Extract<FromChild, { type: T }>;

export type Gathered<T extends ReportType> =
  | { ok: true; reports: ReportOf<T>[] }
  | { ok: false; message: string };

const worker = new URL('./worker.ts', import.meta.url);
const goodbyeMs = 2_000;

/** The crowd's child processes: each phase is sent to all, and all report its end. */
export class Processes {
  readonly #children: ChildProcess[];
  readonly #progress: ProgressReport[] = [];

  constructor(count: number) {
    this.#children = Array.from({ length: count }, () =>
      fork(worker, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] }),
    );
    for (const [i, child] of this.#children.entries()) {
      child.on('message', (message: FromChild) => {
        if (message.type === 'progress') this.#progress[i] = message;
      });
      // A child that has died shows as its exit; writing to it must not end the main process.
      child.on('error', () => {});
    }
  }

  progress(): Omit<ProgressReport, 'type'> {
    const total: Omit<ProgressReport, 'type'> = {
      connected: 0,
      answered: 0,
      claimed: 0,
      confirmed: 0,
      trouble: null,
    };
    for (const part of this.#progress) {
      if (part === undefined) continue;
      total.connected += part.connected;
      total.answered += part.answered;
      total.claimed += part.claimed;
      total.confirmed += part.confirmed;
      total.trouble ??= part.trouble;
    }
    return total;
  }

  /** Sends the phase to every child and waits for every report, no longer than `timeoutMs`. */
  async run<T extends ReportType>(
    messageFor: (i: number) => ToChild,
    awaited: T,
    timeoutMs: number,
  ): Promise<Gathered<T>> {
    const ended = new AbortController();
    const timer = setTimeout(() => ended.abort('timeout'), timeoutMs);
    try {
      const reports = await Promise.all(
        this.#children.map((child, i) => {
          const report = this.#awaitReport(child, awaited, ended.signal);
          child.send(messageFor(i), () => {});
          return report;
        }),
      );
      return { ok: true, reports };
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      return {
        ok: false,
        message: ended.signal.aborted ? `not done after ${Math.round(timeoutMs / 1000)} s` : reason,
      };
    } finally {
      clearTimeout(timer);
      ended.abort('done');
    }
  }

  /** Ends every child; the ones that do not go are killed. */
  async stop(): Promise<void> {
    const running = this.#children.filter((child) => child.exitCode === null && child.signalCode === null);
    const exits = running.map((child) => once(child, 'exit'));
    for (const child of running) child.disconnect();
    const timer = setTimeout(() => this.kill(), goodbyeMs);
    await Promise.all(exits);
    clearTimeout(timer);
  }

  kill(): void {
    for (const child of this.#children) child.kill('SIGKILL');
  }

  #awaitReport<T extends ReportType>(
    child: ChildProcess,
    awaited: T,
    signal: AbortSignal,
  ): Promise<ReportOf<T>> {
    return new Promise((resolve, reject) => {
      const onMessage = (message: FromChild) => {
        if (message.type === awaited) settle(() => resolve(message as ReportOf<T>));
      };
      const onExit = (code: number | null) =>
        settle(() => reject(new Error(`a crowd process ended (code ${code})`)));
      const onAbort = () => settle(() => reject(new Error('timeout')));
      const settle = (how: () => void) => {
        child.off('message', onMessage);
        child.off('exit', onExit);
        signal.removeEventListener('abort', onAbort);
        how();
      };
      child.on('message', onMessage);
      child.on('exit', onExit);
      signal.addEventListener('abort', onAbort);
      if (child.exitCode !== null) onExit(child.exitCode);
    });
  }
}
