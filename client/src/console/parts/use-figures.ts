import { useSyncExternalStore } from 'react';
import { useDesk } from '../desk.ts';
import type { FiguresHistory } from '../history/figures-history.ts';

/** Draws again with each second's figures. */
export function useFigures(): FiguresHistory {
  const { figures } = useDesk();
  useSyncExternalStore(figures.subscribe, () => figures.version);
  return figures;
}
