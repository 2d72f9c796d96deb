import { setTimeout as delay } from 'node:timers/promises';

/** Without a visitor the opening is put off for this long; then the sale opens all the same. */
export const visitorAwaitedMsMax = 600_000;
/** Unless there is a visitor by then, the opening is put off this long before it. The crowd needs some seconds to connect. */
const putOffBeforeMs = 15_000;

interface Waiting {
  opensAt: number;
  /** Resolves when there is a visitor, or when the signal aborts. */
  firstVisitor(isOver: AbortSignal): Promise<void>;
  /** Moves the opening, and resolves with the new one. */
  putOff(): Promise<number>;
  stopping: AbortSignal;
}

/** Puts off the opening until the page has a visitor, up to a bound. */
export async function awaitVisitor({ opensAt, firstVisitor, putOff, stopping }: Waiting): Promise<void> {
  const over = new AbortController();
  setTimeout(() => over.abort(), visitorAwaitedMsMax).unref();
  let isWaiting = true;
  const visitor = firstVisitor(AbortSignal.any([stopping, over.signal])).then(() => {
    isWaiting = false;
  });
  for (let opening = opensAt; isWaiting; ) {
    const beforeIt = delay(Math.max(0, opening - putOffBeforeMs - Date.now()), undefined, { ref: false });
    await Promise.race([visitor, beforeIt]);
    if (isWaiting) opening = await putOff();
  }
}
