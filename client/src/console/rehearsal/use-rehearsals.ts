import type { RehearsalsAnswer } from '@flipzon/protocol/rehearsal-schemas.ts';
import { useEffect } from 'react';
import { useValue } from '../../value.ts';
import { useConsole } from '../console-context.ts';
import { type Asked, useAnswer } from '../parts/use-answer.ts';

const runningMs = 1_500;
/** Obstacles to a start pass with time and are not in the log, so this reads them again. */
const restingMs = 15_000;

/** The rehearsals as all operators see them: read every second while one runs, else when the log has changed. */
export function useRehearsals(): Asked<RehearsalsAnswer> {
  const { log } = useConsole();
  const { actions } = useValue(log.value);
  const asked = useAnswer<RehearsalsAnswer>('/operator/rehearsals', [actions]);
  const { refresh } = asked;
  const isRunning = asked.body?.rehearsals[0]?.status === 'running';
  useEffect(() => {
    const timer = setInterval(
      () => {
        if (document.visibilityState === 'visible') refresh();
      },
      isRunning ? runningMs : restingMs,
    );
    return () => clearInterval(timer);
  }, [refresh, isRunning]);
  return asked;
}
