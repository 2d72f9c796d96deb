const driftMsMin = 1000;

/**
 * A device that sleeps may stop the page's monotonic clock, and with it what the page knows of the server's. Then the two clocks of
 * the device are further apart than they were, which each look compares; the same goes for a device whose clock has been set.
 */
export function createSleepWatch(needs: {
  clock: () => number;
  deviceClock: () => number;
  onWake: () => void;
}): () => void {
  const { clock, deviceClock, onWake } = needs;
  let apartMs = deviceClock() - clock();
  return () => {
    const nowApartMs = deviceClock() - clock();
    if (Math.abs(nowApartMs - apartMs) > driftMsMin) {
      apartMs = nowApartMs;
      onWake();
    }
  };
}
