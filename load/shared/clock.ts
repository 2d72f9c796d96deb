/** Milliseconds since 1970 on this machine, monotonic within the process and finer than Date.now(). */
export function localNowMs(): number {
  return performance.timeOrigin + performance.now();
}

const samples = 7;

/**
 * How far the server's clock is ahead of ours, in milliseconds: of several readings, the one with the shortest round trip counts. `null` when
 * none was answered.
 */
export async function measureOffsetMs(askServerTime: () => Promise<number | null>): Promise<number | null> {
  let best: { roundTripMs: number; offsetMs: number } | null = null;
  for (let i = 0; i < samples; i++) {
    const sentAtMs = localNowMs();
    const serverMs = await askServerTime();
    const roundTripMs = localNowMs() - sentAtMs;
    if (serverMs === null || (best !== null && roundTripMs >= best.roundTripMs)) continue;
    best = { roundTripMs, offsetMs: serverMs - (sentAtMs + roundTripMs / 2) };
  }
  return best?.offsetMs ?? null;
}
