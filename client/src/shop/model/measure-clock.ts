const roundTrips = 5;

/** The server's clock minus the page's monotonic clock, and how wide the round trip was that measured it. */
export interface MeasuredClock {
  offsetMs: number;
  rttMs: number;
}

/**
 * Asks the server for its time a few times and keeps the quickest round trip, whose reading can be wrong by at most half of it.
 * Null if no answer came at all.
 */
export async function measureClock(
  askServerTime: () => Promise<string>,
  clock: () => number,
): Promise<MeasuredClock | null> {
  let best: MeasuredClock | null = null;
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
): Promise<MeasuredClock | null> {
  const sentAt = clock();
  try {
    const serverMs = Date.parse(await askServerTime());
    const rttMs = clock() - sentAt;
    return Number.isNaN(serverMs) ? null : { offsetMs: serverMs - (sentAt + rttMs / 2), rttMs };
  } catch {
    return null;
  }
}
