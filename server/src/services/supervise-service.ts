import type { PrivateService } from './private-service.ts';

const BACKOFF_MS_MIN = 100;
const BACKOFF_MS_MAX = 5_000;
const RESTARTS_MAX = 10;
/** A service that has run this long has recovered: its earlier deaths no longer count. */
const STEADY_MS_MIN = 60_000;

export type ServiceEvent =
  | { event: 'died'; kind: string; code: number | null; signal: NodeJS.Signals | null }
  | { event: 'restarted'; kind: string; pid: number; tookMs: number }
  | { event: 'gave_up'; kind: string; reason: string };

/** A private service that is started again, on the same port and files, when it dies. */
export type SupervisedService = AsyncDisposable &
  Readonly<Pick<PrivateService, 'url' | 'port' | 'pid' | 'kind' | 'version'>>;

type SuperviseOptions = { onEvent: (event: ServiceEvent) => void; restartsMax?: number };

/** Starts a service and keeps it running, within a bound of restarts, until it is disposed. */
export async function superviseService(
  start: (port?: number) => Promise<PrivateService>,
  { onEvent, restartsMax = RESTARTS_MAX }: SuperviseOptions,
): Promise<SupervisedService> {
  const stop = new AbortController();
  let current = await start();
  let restarts = 0;
  let restarting: Promise<void> = Promise.resolve();

  const watch = () => {
    const startedAt = Date.now();
    current.onExit(({ code, signal, expected }) => {
      if (expected || stop.signal.aborted) return;
      onEvent({ event: 'died', kind: current.kind, code, signal });
      if (Date.now() - startedAt > STEADY_MS_MIN) restarts = 0;
      restarting = restart();
    });
  };

  const restart = async () => {
    const diedAt = Date.now();
    let reason = 'it keeps dying';
    while (restarts < restartsMax && !stop.signal.aborted) {
      const backoffMs = restarts === 0 ? 0 : Math.min(BACKOFF_MS_MIN * 2 ** restarts, BACKOFF_MS_MAX);
      restarts += 1;
      await pause(backoffMs, stop.signal);
      if (stop.signal.aborted) return;
      try {
        current = await start(current.port);
      } catch (error) {
        reason = error instanceof Error ? error.message : String(error);
        continue;
      }
      watch();
      onEvent({ event: 'restarted', kind: current.kind, pid: current.pid, tookMs: Date.now() - diedAt });
      return;
    }
    if (!stop.signal.aborted) onEvent({ event: 'gave_up', kind: current.kind, reason });
  };

  watch();
  return {
    get url() {
      return current.url;
    },
    get port() {
      return current.port;
    },
    get pid() {
      return current.pid;
    },
    get kind() {
      return current.kind;
    },
    get version() {
      return current.version;
    },
    async [Symbol.asyncDispose]() {
      stop.abort();
      await restarting;
      await current[Symbol.asyncDispose]();
    },
  };
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
