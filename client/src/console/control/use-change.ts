import { useState } from 'react';
import { useConsole } from '../console-context.ts';
import type { Change, ExpectedVersion, Outcome } from './change.ts';

export type Conflict = Extract<Outcome, { kind: 'conflict' }>;
export type Refusal = Extract<Outcome, { kind: 'refused' }>;

export interface Trying {
  busy: boolean;
  conflict: Conflict | null;
  refusal: Refusal | null;
  /** True if it is done. After a conflict the next try applies to the state that the conflict reported. */
  tryIt(change: Change): Promise<boolean>;
}

/** Applies a change to the state that the operator saw when they began, not to a newer one. */
export function useChange(first: ExpectedVersion | null): Trying {
  const { change: perform } = useConsole();
  const [expected, setExpected] = useState(first);
  const [busy, setBusy] = useState(false);
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  return {
    busy,
    conflict: outcome?.ok === false && outcome.kind === 'conflict' ? outcome : null,
    refusal: outcome?.ok === false && outcome.kind === 'refused' ? outcome : null,
    async tryIt(change) {
      if (busy) return false;
      setBusy(true);
      const result = await perform(change, expected);
      setBusy(false);
      setOutcome(result);
      if (!result.ok && result.kind === 'conflict' && result.sale !== null) setExpected(result.sale);
      return result.ok;
    },
  };
}
