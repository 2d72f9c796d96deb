import { useSyncExternalStore } from 'react';
import { useConsole } from '../console-context.ts';
import type { StatsHistory } from '../history/stats-history.ts';

/** Draws again with each second's stats. */
export function useNodeStats(): StatsHistory {
  const { stats } = useConsole();
  useSyncExternalStore(stats.subscribe, () => stats.version);
  return stats;
}
