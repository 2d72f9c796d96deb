import { setTimeout as delay } from 'node:timers/promises';
import type { PrivateService } from './private-service.ts';

const BACKOFF_MS_MIN = 100;
const BACKOFF_MS_MAX = 5_000;
/** A service that has run this long has recovered: its earlier deaths no longer count. */
const STEADY_MS_MIN = 60_000;
/** After the first reports, a service that keeps dying for the same reason is reported this often. */
const TOLD_AGAIN_MS_MIN = 60_000;
const TOLD_AT_ONCE_MAX = 3;

export type ServiceEvent =
  | { event: 'died'; kind: string; why: string }
  | { event: 'restarted'; kind: string; pid: number; tookMs: number }
  | { event: 'not_started'; kind: string; why: string };

/** What is supervised: a private service, or one of the server processes. */
export type Supervisable = AsyncDisposable &
  Pick<PrivateService, 'url' | 'port' | 'pid' | 'kind' | 'version' | 'onExit'>;

/** It is started again, on the same port and files, when it dies. */
export type SupervisedService = AsyncDisposable &
  Readonly<Omit<Supervisable, 'onExit' | keyof AsyncDisposable>> & {
    /** It serves now, as far as is known: it has not died, or is back. */
    readonly isUp: boolean;
  };

type SuperviseOptions = {
  onEvent: (event: ServiceEvent) => void;
  backoffMsMax?: number;
  /** After this aborts, nothing is started again. */
  stopping?: AbortSignal;
};

/**
 * Starts a service and keeps it running until it is disposed. It never gives up, because the cause may pass (a full disk is
 * cleared, a database comes back); it only tries less often.
 */
export async function superviseService(
  start: (port?: number) => Promise<Supervisable>,
  { onEvent, backoffMsMax = BACKOFF_MS_MAX, stopping }: SuperviseOptions,
): Promise<SupervisedService> {
  const disposed = new AbortController();
  const stop = AbortSignal.any([disposed.signal, ...(stopping ? [stopping] : [])]);
  let current = await start();
  let isUp = true;
  let restarts = 0;
  let restarting: Promise<void> = Promise.resolve();
  const toldAt = new Map<string, number>();

  const tell = (event: ServiceEvent) => {
    const what =
      event.event === 'restarted' ? event.event : `${event.event} ${event.why.replaceAll(/\d+/g, '')}`;
    const sinceMs = performance.now() - (toldAt.get(what) ?? Number.NEGATIVE_INFINITY);
    if (restarts > TOLD_AT_ONCE_MAX && sinceMs < TOLD_AGAIN_MS_MIN) return;
    // One entry per kind of event; bounded in case the reasons never repeat.
    if (toldAt.size > 100) toldAt.clear();
    toldAt.set(what, performance.now());
    onEvent(event);
  };

  const watch = () => {
    const startedAt = performance.now();
    current.onExit(({ code, signal, said, expected }) => {
      isUp = false;
      if (expected || stop.aborted) return;
      if (performance.now() - startedAt > STEADY_MS_MIN) restarts = 0;
      tell({
        event: 'died',
        kind: current.kind,
        why: signal ?? `exit code ${code}${said === null ? '' : `: ${said}`}`,
      });
      restarting = restart();
    });
  };

  const restart = async () => {
    const diedAt = performance.now();
    while (!stop.aborted) {
      const backoffMs = restarts === 0 ? 0 : Math.min(BACKOFF_MS_MIN * 2 ** restarts, backoffMsMax);
      restarts += 1;
      await delay(backoffMs, undefined, { signal: stop }).catch(() => undefined);
      if (stop.aborted) return;
      try {
        current = await start(current.port);
      } catch (error) {
        if (stop.aborted) return;
        const why = error instanceof Error ? error.message : String(error);
        tell({ event: 'not_started', kind: current.kind, why });
        continue;
      }
      isUp = true;
      watch();
      tell({ event: 'restarted', kind: current.kind, pid: current.pid, tookMs: performance.now() - diedAt });
      return;
    }
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
    get isUp() {
      return isUp;
    },
    async [Symbol.asyncDispose]() {
      disposed.abort();
      await restarting;
      await current[Symbol.asyncDispose]();
    },
  };
}
