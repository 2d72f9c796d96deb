import { describe, expect, test } from 'vitest';
import { nextTickMs } from '../src/sale/next-tick.ts';
import { measureClock } from '../src/socket/measure-clock.ts';
import { countdownTo } from '../src/text/countdown.ts';
import { createFormats } from '../src/text/formats.ts';
import { iso, modelOf, refusedWith, saleOf } from './_support/fixtures.ts';

describe('countdown', () => {
  test.each([
    [90_061_000, 1, '01:01:01'],
    [3_600_000, 0, '01:00:00'],
    [3_599_999, 0, '01:00:00'],
    [3_599_000, 0, '59:59'],
    [1000, 0, '00:01'],
    [1, 0, '00:01'],
    [0, 0, '00:00'],
    [-5000, 0, '00:00'],
  ])('%i ms', (ms, days, digits) => {
    const countdown = countdownTo(ms);
    expect(countdown.days).toBe(days);
    expect(createFormats(['en']).clock(countdown.parts)).toBe(digits);
  });
});

describe('the next look at the clock', () => {
  const waiting = modelOf({ sale: saleOf({ status: 'scheduled', startsAt: iso(5300) }) });

  test('falls on the seconds of the countdown, so the last one is the opening', () => {
    let now = 0;
    while (now < 5300) {
      now += nextTickMs(waiting, now);
    }
    expect(now).toBe(5300);
  });

  test('comes sooner while something passes by itself', () => {
    expect(nextTickMs(modelOf(), 0)).toBe(1000);
    expect(nextTickMs(modelOf({ attempt: refusedWith('too_many_requests') }), 0)).toBeLessThanOrEqual(250);
    expect(nextTickMs(modelOf({ disconnectedAt: 0 }), 500)).toBeLessThanOrEqual(250);
  });
});

describe('measuring the server’s clock', () => {
  /** A server 1,000,000 ms ahead, asked over a line whose trips there and back take as long as given. */
  function lineOf(trips: { there: number; back: number }[]) {
    let now = 0;
    return {
      clock: () => now,
      ask: async () => {
        const trip = trips.shift();
        if (trip === undefined) {
          throw new Error('no answer');
        }
        now += trip.there;
        const serverTime = new Date(now + 1_000_000).toISOString();
        now += trip.back;
        return serverTime;
      },
    };
  }

  test('keeps the quickest of five', async () => {
    const slow = { there: 400, back: 10 };
    const { ask, clock } = lineOf([slow, slow, { there: 3, back: 5 }, slow, slow]);
    expect(await measureClock(ask, clock)).toEqual({ offsetMs: 999_999, rttMs: 8, source: 'round_trips' });
  });

  test('is content with the answers that come', async () => {
    const { ask, clock } = lineOf([{ there: 2, back: 2 }]);
    expect(await measureClock(ask, clock)).toMatchObject({ offsetMs: 1_000_000 });
    const silent = lineOf([]);
    expect(await measureClock(silent.ask, silent.clock)).toBeNull();
  });
});
