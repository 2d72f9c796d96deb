import { describe, expect, test } from 'vitest';
import { localTime, momentsOf, offsetMinutes, shiftsUntil } from '../../src/console/setup/zoned-time.ts';

const utc = (text: string) => Date.parse(text);
const iso = (moments: number[]) => moments.map((ms) => new Date(ms).toISOString().slice(0, 16));

describe('a time on the clocks of a zone', () => {
  test.each([
    ['Asia/Kolkata', '2026-11-29T00:00', ['2026-11-28T18:30']],
    ['Asia/Kathmandu', '2026-11-29T00:00', ['2026-11-28T18:15']],
    ['Pacific/Kiritimati', '2026-11-29T00:00', ['2026-11-28T10:00']],
    ['Pacific/Pago_Pago', '2026-11-29T00:00', ['2026-11-29T11:00']],
    ['Europe/Berlin', '2026-07-01T12:00', ['2026-07-01T10:00']],
    ['UTC', '2026-02-28T23:59', ['2026-02-28T23:59']],
  ])('in %s, %s is %s', (zone, local, expected) => {
    expect(iso(momentsOf(local, zone))).toEqual(expected);
    expect(momentsOf(local, zone).map((ms) => localTime(ms, zone))).toEqual([local]);
  });

  test('does not exist where the clocks go forward', () => {
    expect(momentsOf('2026-03-29T02:30', 'Europe/Berlin')).toEqual([]);
    expect(momentsOf('2026-03-08T02:00', 'America/New_York')).toEqual([]);
    expect(iso(momentsOf('2026-03-29T03:00', 'Europe/Berlin'))).toEqual(['2026-03-29T01:00']);
  });

  test('comes twice where they go back, the earlier one first', () => {
    expect(iso(momentsOf('2026-10-25T02:30', 'Europe/Berlin'))).toEqual([
      '2026-10-25T00:30',
      '2026-10-25T01:30',
    ]);
    // Lord Howe shifts by half an hour.
    expect(iso(momentsOf('2026-04-05T01:45', 'Australia/Lord_Howe'))).toEqual([
      '2026-04-04T14:45',
      '2026-04-04T15:15',
    ]);
  });

  test('is none if it is no time', () => {
    expect(momentsOf('', 'UTC')).toEqual([]);
    expect(momentsOf('2026-13-40T99:00', 'UTC')).toEqual([]);
  });
});

test('the offset of a zone at a moment', () => {
  expect(offsetMinutes(utc('2026-01-01T00:00:30Z'), 'Asia/Kolkata')).toBe(330);
  expect(offsetMinutes(utc('2026-07-01T00:00Z'), 'America/New_York')).toBe(-240);
});

describe('the changes of the clocks', () => {
  test('are found to the minute, with their direction', () => {
    expect(shiftsUntil(utc('2026-10-01T05:17Z'), utc('2027-05-01T00:00Z'), 'Europe/Berlin')).toEqual([
      { atMs: utc('2026-10-25T01:00Z'), minutes: -60 },
      { atMs: utc('2027-03-28T01:00Z'), minutes: 60 },
    ]);
    expect(shiftsUntil(utc('2026-03-28T23:00Z'), utc('2026-03-29T05:00Z'), 'Europe/Berlin')).toEqual([
      { atMs: utc('2026-03-29T01:00Z'), minutes: 60 },
    ]);
  });

  test('are none before them, and none in a zone that has none', () => {
    expect(shiftsUntil(utc('2026-10-01T00:00Z'), utc('2026-10-25T00:59Z'), 'Europe/Berlin')).toEqual([]);
    expect(shiftsUntil(utc('2026-01-01T00:00Z'), utc('2027-01-01T00:00Z'), 'Asia/Kolkata')).toEqual([]);
  });
});
