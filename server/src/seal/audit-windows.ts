import type { Claim } from '../sale/order.ts';
import { isWithinWindows, type WindowInForce } from '../sale/windows.ts';
import { type Finding, find } from './audit-check.ts';
import type { Seal } from './seal.ts';

/** Checks every claim against the windows in force at its time, and these windows against those published with the seal. */
export function windowFindings(
  stored: readonly Claim[],
  windows: readonly WindowInForce[],
  seal: Seal | null,
): Finding[] {
  return [
    find(
      'every claim lies within a window that was in force when it was made',
      stored.filter(({ claimedAt }) => !isWithinWindows(claimedAt, windows)),
      `${windows.length} windows`,
    ),
    ...(seal?.windows === undefined ? [] : [sealedWindows(seal.windows, windows)]),
  ];
}

function sealedWindows(published: readonly WindowInForce[], windows: readonly WindowInForce[]): Finding {
  const text = ({ from, startsAt, endsAt, paused }: WindowInForce) =>
    [from, startsAt, endsAt, paused].join(' ');
  return find(
    'the windows are as they were published',
    published.filter((window, index) => {
      const now = windows[index];
      return now === undefined || text(now) !== text(window);
    }),
  );
}
