import { useState } from 'react';
import { useDesk } from '../desk.ts';
import type { Change, Outcome, Seen } from './change.ts';

export type Conflict = Extract<Outcome, { kind: 'conflict' }>;
export type Refusal = Extract<Outcome, { kind: 'refused' }>;

export interface Trying {
  busy: boolean;
  conflict: Conflict | null;
  refusal: Refusal | null;
  /** True if it is done. After a conflict the next try is on the state that the conflict told of. */
  tryIt(change: Change): Promise<boolean>;
}

/** Has a change made on what was seen when the operator began to decide, and not on what may have come meanwhile. */
export function useChange(first: Seen | null): Trying {
  const { change: perform } = useDesk();
  const [seen, setSeen] = useState(first);
  const [busy, setBusy] = useState(false);
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  return {
    busy,
    conflict: outcome?.ok === false && outcome.kind === 'conflict' ? outcome : null,
    refusal: outcome?.ok === false && outcome.kind === 'refused' ? outcome : null,
    async tryIt(change) {
      if (busy) return false;
      setBusy(true);
      const result = await perform(change, seen);
      setBusy(false);
      setOutcome(result);
      if (!result.ok && result.kind === 'conflict' && result.sale !== null) setSeen(result.sale);
      return result.ok;
    },
  };
}
