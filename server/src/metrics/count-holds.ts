import type { HoldOutcome } from '../sale/hold.ts';
import type { HoldStore } from '../sale/store-ports.ts';

/** Counts holds that this node has made, and ends that it has decided; what was decided before is not counted again. */
export function countHolds(holds: HoldStore, count: (what: 'made' | HoldOutcome) => void): HoldStore {
  return {
    ...holds,
    async insert(...batch) {
      const outcomes = await holds.insert(...batch);
      for (const { code } of outcomes) if (code === 'stored') count('made');
      return outcomes;
    },
    async end(hold, wanted) {
      const end = await holds.end(hold, wanted);
      if (end.outcome === wanted.outcome && end.at === wanted.at && end.by === wanted.by) count(end.outcome);
      return end;
    },
  };
}
