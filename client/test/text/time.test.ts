import { describe, expect, test } from 'vitest';
import { measureClock } from '../../src/shop/model/measure-clock.ts';
import { nextTickMs } from '../../src/shop/model/next-tick.ts';
import { countdownTo } from '../../src/text/countdown.ts';
import { createFormats } from '../../src/text/formats.ts';
import { iso, modelOf, refusedWith, saleOf } from '../_support/fixtures.ts';

describe('countdown', () => {
  test.each([
    [478_987_000, 5, '13:03:07'],
    [90_061_000, 1, '01:01:01'],
    [86_401_000, 1, '00:00:01'],
    [86_400_000, 0, '24:00:00'],
    [86_399_000, 0, '23:59:59'],
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

describe('how long something took', () => {
  const { duration, age } = createFormats(['en']);

  test.each([
    [0.04, '0 milliseconds', '0 ms', '0ms'],
    [0.44, '0.4 milliseconds', '0.4 ms', '0.4ms'],
    [9.96, '10 milliseconds', '10 ms', '10ms'],
    [12.4, '12 milliseconds', '12 ms', '12ms'],
    [145.6, '146 milliseconds', '146 ms', '146ms'],
    [999.6, '1 second', '1 sec', '1s'],
    [1_340, '1.3 seconds', '1.3 sec', '1.3s'],
    [1_880, '1.9 seconds', '1.9 sec', '1.9s'],
    [59_000, '59 seconds', '59 sec', '59s'],
    [59_960, '1 minute', '1 min', '1m'],
    [119_600, '2 minutes', '2 min', '2m'],
    [133_400, '2 minutes 13 seconds', '2 min 13 sec', '2m 13s'],
    [240_000, '4 minutes', '4 min', '4m'],
    [3_599_700, '1 hour', '1 hr', '1h'],
    [93_784_000, '1 day 2 hours', '1 day 2 hr', '1d 2h'],
    [86_395_000, '1 day', '1 day', '1d'],
  ])('%d ms is one and the same in a sentence, in a table and in a chart', (ms, long, short, narrow) => {
    expect(duration(ms)).toBe(long);
    expect(duration(ms, 'short')).toBe(short);
    expect(duration(ms, 'narrow')).toBe(narrow);
  });

  test('an age is in whole seconds', () => {
    expect([0, 1_880, 59_600, 133_400].map(age)).toEqual(['0 sec', '2 sec', '1 min', '2 min 13 sec']);
  });
});

describe('dates', () => {
  const now = new Date();
  const at = (year: number) => new Date(year, 5, 15, 12, 1, 9).getTime();

  test.each(['en-GB', 'de-DE', 'hi-IN'])('in %s name the year if it is not this one', (locale) => {
    const { dayAndTime, dayAndSecond, dayTimeAndZone, fullDateAndTime } = createFormats([locale]);
    for (const format of [dayAndTime, dayAndSecond, dayTimeAndZone, fullDateAndTime]) {
      expect(format(at(now.getFullYear() - 1))).toContain(String(now.getFullYear() - 1));
      expect(format(at(now.getFullYear() + 1))).toContain(String(now.getFullYear() + 1));
      expect(format(at(now.getFullYear()))).not.toContain(String(now.getFullYear()));
    }
  });

  test('are judged in the zone that they are written in', () => {
    const newYear = Date.UTC(now.getFullYear(), 0, 1);
    const { dayAndTime } = createFormats(['en-GB']);
    expect(dayAndTime(newYear - 1, 'UTC')).toContain(String(now.getFullYear() - 1));
    expect(dayAndTime(newYear, 'UTC')).not.toContain(String(now.getFullYear()));
  });

  test('are said in UTC too, but for who is there', () => {
    const ms = Date.UTC(now.getFullYear(), 5, 15, 12);
    const beside = (zone: string) => createFormats(['en-GB'], 'ltr', zone).besideInUtc(ms);
    expect(beside('Asia/Kolkata')).toMatch(/15\sJun.* 12:00$/);
    expect(['UTC', 'Etc/UTC'].map(beside)).toEqual([null, null]);
  });

  test('a moment has its day where it is not today', () => {
    const { exactMoment, exactTime, secondMoment, secondTime } = createFormats(['en-GB']);
    const today = now.getTime();
    expect([exactMoment(today), secondMoment(today)]).toEqual([exactTime(today), secondTime(today)]);
    const before = at(now.getFullYear() - 1);
    expect(secondMoment(before)).toMatch(/^15\sJun \d{4}, 12:01:09$/);
    expect(exactMoment(before)).toMatch(/^15\sJun \d{4}, 12:01:09.000$/);
  });
});

describe('times of day', () => {
  const ms = Date.parse('2026-12-03T05:01:09.314Z');
  const at = (locale: string) => {
    const { exactTime, secondTime } = createFormats([locale]);
    return [secondTime(ms), exactTime(ms)].map((text) => text.replace(/\s/g, ' '));
  };

  test.each([
    ['en-GB', '05:01:09', '05:01:09.314'],
    ['de-DE', '05:01:09', '05:01:09,314'],
    ['en-US', '5:01:09 AM', '5:01:09.314 AM'],
    ['hi-IN', '5:01:09 am', '5:01:09.314 am'],
  ])('in %s begin with a nought only where the day has 24 hours', (locale, second, exact) => {
    expect(at(locale)).toEqual([second, exact]);
  });

  test.each(['en-GB', 'en-US', 'de-DE', 'hi-IN', 'ar-EG'])(
    'in %s no line ends between a day and its month, or before the half of the day',
    (locale) => {
      const { fullDateAndTime } = createFormats([locale]);
      const text = fullDateAndTime(ms);
      const format = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'long' });
      const parts = format.formatToParts(ms).filter(({ type }) => type === 'day' || type === 'month');
      const between = text.slice(
        text.indexOf(parts[0]?.value ?? '') + (parts[0]?.value.length ?? 0),
        text.indexOf(parts[1]?.value ?? ''),
      );
      expect(between).toMatch(/^[^ ]+$/);
      expect(text).not.toMatch(/\d [ap]m|[٠-٩] [صم]/i);
    },
  );
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
    expect(await measureClock(ask, clock)).toEqual({ offsetMs: 999_999, rttMs: 8 });
  });

  test('is content with the answers that come', async () => {
    const { ask, clock } = lineOf([{ there: 2, back: 2 }]);
    expect(await measureClock(ask, clock)).toMatchObject({ offsetMs: 1_000_000 });
    const silent = lineOf([]);
    expect(await measureClock(silent.ask, silent.clock)).toBeNull();
  });
});
