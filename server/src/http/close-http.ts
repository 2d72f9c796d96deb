import { setTimeout as delay } from 'node:timers/promises';
import type { HttpApp } from './routes.ts';

/** Longer than any answer takes. */
const answersMsMax = 3_000;

/** Takes no connection any more, lets what was asked be answered, and then closes those that ask nothing. */
export async function closeHttp(http: HttpApp): Promise<void> {
  const done = new AbortController();
  const late = delay(answersMsMax, undefined, { signal: done.signal })
    .then(() => http.server.closeAllConnections())
    .catch(() => undefined);
  await http.close();
  done.abort();
  await late;
}
