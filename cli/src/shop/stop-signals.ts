/** One Ctrl-C can arrive twice: from the terminal and passed on by npm. */
const SAME_PRESS_MS_MAX = 1_000;

export type StopSignals = Disposable & {
  /** Aborts at the first Ctrl-C, SIGTERM or closed terminal, or when the bootstrap is gone. */
  stopping: AbortSignal;
  /** Aborts at the second signal: the user no longer wants to wait. */
  forced: AbortSignal;
};

export function listenForStop(): StopSignals {
  const stop = new AbortController();
  const force = new AbortController();
  let firstAt: number | undefined;
  const onSignal = () => {
    if (firstAt === undefined) firstAt = Date.now();
    else if (Date.now() - firstAt > SAME_PRESS_MS_MAX) force.abort();
    stop.abort();
  };
  const onDisconnect = () => stop.abort();
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  for (const signal of signals) process.on(signal, onSignal);
  process.on('disconnect', onDisconnect);
  return {
    stopping: stop.signal,
    forced: force.signal,
    [Symbol.dispose]() {
      for (const signal of signals) process.off(signal, onSignal);
      process.off('disconnect', onDisconnect);
    },
  };
}
