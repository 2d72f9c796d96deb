import { describe, expect, it } from 'vitest';
import { isTimeZone, openingInstant, upcomingSunday } from '../../src/sale/schedule.ts';

const at = (iso: string) => Date.parse(iso);
const iso = (ms: number) => new Date(ms).toISOString();

describe('the upcoming Sunday 00:00', () => {
  it.each([
    ['a Wednesday in India', '2026-11-25T13:00:00Z', 'Asia/Kolkata', '2026-11-28T18:30:00.000Z'],
    [
      'Saturday 23:59:59.999 in India',
      '2026-11-28T18:29:59.999Z',
      'Asia/Kolkata',
      '2026-11-28T18:30:00.000Z',
    ],
    [
      'Sunday 00:00 itself: a week later',
      '2026-11-28T18:30:00.000Z',
      'Asia/Kolkata',
      '2026-12-05T18:30:00.000Z',
    ],
    ['late on a Sunday', '2026-11-29T18:00:00Z', 'Asia/Kolkata', '2026-12-05T18:30:00.000Z'],
    [
      'already Sunday there, still Saturday in UTC',
      '2026-11-28T20:00:00Z',
      'Asia/Kolkata',
      '2026-12-05T18:30:00.000Z',
    ],
    [
      'before the clocks go back in Berlin',
      '2026-10-24T12:00:00Z',
      'Europe/Berlin',
      '2026-10-24T22:00:00.000Z',
    ],
    [
      'over the Sunday on which they go back',
      '2026-10-25T12:00:00Z',
      'Europe/Berlin',
      '2026-10-31T23:00:00.000Z',
    ],
    [
      'before the clocks go forward in New York',
      '2026-03-06T12:00:00Z',
      'America/New_York',
      '2026-03-08T05:00:00.000Z',
    ],
    [
      'on the Sunday on which they go forward',
      '2026-03-08T12:00:00Z',
      'America/New_York',
      '2026-03-15T04:00:00.000Z',
    ],
    // In Beirut midnight of that Sunday does not exist: the day begins at 01:00.
    ['a Sunday that has no midnight', '2026-03-27T12:00:00Z', 'Asia/Beirut', '2026-03-28T22:00:00.000Z'],
  ])('from %s', (_what, now, zone, expected) => {
    expect(iso(upcomingSunday(at(now), zone))).toBe(expected);
  });
});

describe('the opening that was asked for', () => {
  const now = at('2026-11-25T13:00:00.123Z');
  it('is now, an instant in any zone, or the upcoming Sunday', () => {
    expect(openingInstant('now', now, 'UTC')).toBe(now);
    expect(iso(openingInstant('2026-12-01T00:00:00+05:30', now, 'UTC'))).toBe('2026-11-30T18:30:00.000Z');
    expect(iso(openingInstant(undefined, now, 'UTC'))).toBe('2026-11-29T00:00:00.000Z');
  });
});

it('distinguishes a time zone from any other word', () => {
  expect([isTimeZone('Asia/Kolkata'), isTimeZone('Mars/Olympus')]).toEqual([true, false]);
});
