import type { Logger } from '../logger.ts';
import type { BuyStep, NoteStep } from './buy-step.ts';

interface Settings {
  logger: Logger;
  node: string;
  /** Where traces go; undefined: nowhere, and the tracer is not loaded. */
  collector: string | undefined;
  serviceName: string;
  /** Share of the buys that is traced. */
  share: number;
}

export interface Following extends AsyncDisposable {
  /** Null if buys are not followed. */
  note: NoteStep | null;
}

/** To the log when it is at debug, to a collector when there is one. */
export async function openFollowing(settings: Settings): Promise<Following> {
  await using undo = new AsyncDisposableStack();
  const notes: NoteStep[] = [];
  if (settings.logger.isLevelEnabled('debug')) notes.push(logStep(settings.logger));
  const { collector } = settings;
  if (collector !== undefined) {
    const { openTracer } = await import('./open-tracer.ts');
    notes.push(undo.use(openTracer({ ...settings, collector })).note);
  }
  const opened = undo.move();
  return {
    note: notes.length === 0 ? null : (step) => notes.forEach((note) => void note(step)),
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  };
}

function logStep(logger: Logger): NoteStep {
  return ({ name, buyId, outcome, tookMs, saleId, customerId, unit }: BuyStep) =>
    logger.debug({ buy: buyId, outcome, ms: Math.round(tookMs), saleId, customerId, unit }, name);
}
