import type { ClockReading } from '../sale/model.ts';

const roundTrips = 5;

/**
 * Asks the server for its time a few times and keeps the quickest round trip, whose reading can be wrong by at most half of it.
 * Null if no answer came at all.
 */
export async function measureClock(
  askServerTime: () => Promise<string>,
  clock: () => number,
): Promise<ClockReading | null> {
  let best: ClockReading | null = null;
  for (let trip = 0; trip < roundTrips; trip += 1) {
    const reading = await roundTrip(askServerTime, clock);
    if (reading !== null && (best === null || reading.rttMs < best.rttMs)) {
      best = reading;
    }
  }
  return best;
}

async function roundTrip(
  askServerTime: () => Promise<string>,
  clock: () => number,
): Promise<ClockReading | null> {
  const sentAt = clock();
  try {
    const serverMs = Date.parse(await askServerTime());
    const rttMs = clock() - sentAt;
    return Number.isNaN(serverMs)
      ? null
      : { offsetMs: serverMs - (sentAt + rttMs / 2), rttMs, source: 'round_trips' };
  } catch {
    return null;
  }
}
