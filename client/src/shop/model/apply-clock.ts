import type { ClockReading, Model } from './model.ts';

export function applyClock(model: Model, reading: ClockReading, deviceMs: number, now: number): Model {
  const clock = better(model.clock, reading);
  const deviceSkewMs =
    reading.source === 'round_trips' ? deviceMs - (now + clock.offsetMs) : model.deviceSkewMs;
  return { ...model, clock, deviceSkewMs };
}

/**
 * A reading is exact to half its round trip. A less exact one that agrees with the known clock is ignored: a busy moment must
 * not make the countdown jump. One that disagrees is used, because clocks may be set.
 */
function better(known: ClockReading | null, reading: ClockReading): ClockReading {
  if (known === null || known.source === 'status' || reading.rttMs <= known.rttMs) {
    return reading.source === 'status' && known?.source === 'round_trips' ? known : reading;
  }
  const agrees = Math.abs(reading.offsetMs - known.offsetMs) <= (reading.rttMs + known.rttMs) / 2;
  return agrees || reading.source === 'status' ? known : reading;
}
