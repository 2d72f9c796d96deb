import { describe, expect, test } from 'vitest';
import { createConsoleFormats } from '../../src/console/console-formats.ts';
import { movedTimes } from '../../src/console/control/moved-times.ts';
import { noPresale } from '../../src/console/presale/presale-draft.ts';
import { type PlanDraft, readPlan } from '../../src/console/setup/plan.ts';
import { readSchedule, scheduleOf, usualEnd } from '../../src/console/setup/schedule.ts';
import { saleOf } from '../_support/fixtures.ts';

const zone = 'Europe/Berlin';
const now = Date.parse('2026-10-01T08:00:00.000Z');
const fields = { zone, opens: '2026-10-25T12:00', opensSecond: false, hasEnd: false, ends: '' };
const iso = (ms: number | null) => ms && new Date(ms).toISOString();

describe('the times of a sale', () => {
  test('are read on the clocks of their zone', () => {
    const read = readSchedule({ ...fields, hasEnd: true, ends: '2026-10-25T18:00' }, now);
    expect([iso(read.startsMs), iso(read.endsMs)]).toEqual([
      '2026-10-25T11:00:00.000Z',
      '2026-10-25T17:00:00.000Z',
    ]);
    expect([read.openFault, read.endFault, read.ambiguous]).toEqual([null, null, false]);
  });

  test('that occur twice are the first or the second, as chosen; an end is the second', () => {
    const twice = { ...fields, opens: '2026-10-25T02:30' };
    expect(readSchedule(twice, now).ambiguous).toBe(true);
    expect(iso(readSchedule(twice, now).startsMs)).toBe('2026-10-25T00:30:00.000Z');
    expect(iso(readSchedule({ ...twice, opensSecond: true }, now).startsMs)).toBe('2026-10-25T01:30:00.000Z');
    const end = readSchedule({ ...twice, hasEnd: true, ends: '2026-10-25T02:45' }, now);
    expect(iso(end.endsMs)).toBe('2026-10-25T01:45:00.000Z');
  });

  test.each([
    [{ opens: '' }, 'opensAt', null],
    [{ opens: '2026-10-01T09:59' }, 'past', null],
    [{ opens: '2027-03-28T02:30' }, 'gap', null],
    [{ hasEnd: true, ends: '' }, null, 'endsAt'],
    [{ hasEnd: true, ends: '2026-10-25T12:00' }, null, 'endsAt'],
    [{ hasEnd: true, ends: '2027-03-28T02:30' }, null, 'endGap'],
  ] as const)('%j is wrong', (change, openFault, endFault) => {
    const read = readSchedule({ ...fields, ...change }, now);
    expect([read.openFault, read.endFault]).toEqual([openFault, endFault]);
  });

  test.each([
    '2026-10-25T12:00',
    '2026-10-25T01:30',
    '2026-10-25T02:30',
    '2027-03-28T01:30',
    '2026-12-31T23:30',
  ])('have an end to begin with that is an hour after an opening at %s, and valid', (opens) => {
    for (const opensSecond of [false, true]) {
      const schedule = { ...fields, opens, opensSecond };
      const { startsMs } = readSchedule(schedule, now);
      const read = readSchedule({ ...schedule, hasEnd: true, ends: usualEnd(startsMs, schedule) }, now);
      expect(read.endFault).toBeNull();
      expect([1, 2]).toContain(((read.endsMs ?? 0) - (startsMs ?? 0)) / 3_600_000);
    }
  });

  test('come back out of the fields as they went in, the second of two as well', () => {
    for (const at of ['2026-10-25T00:30:00.000Z', '2026-10-25T01:30:00.000Z', '2026-12-01T00:00:00.000Z']) {
      const ms = Date.parse(at);
      expect(readSchedule(scheduleOf(zone, now, ms, ms + 3_600_000), now)).toMatchObject({
        startsMs: ms,
        openFault: null,
        endFault: null,
      });
    }
  });
});

describe('moving', () => {
  const sale = saleOf({ startsAt: '2026-10-25T11:00:30.500Z', endsAt: '2026-10-25T17:00:00.000Z' });
  const asItIs = scheduleOf(zone, now, Date.parse(sale.startsAt), Date.parse(sale.endsAt ?? ''));

  test('sends only what is another, and nothing when nothing is', () => {
    expect(movedTimes(sale, asItIs, now)).toBeNull();
    expect(movedTimes(sale, { ...asItIs, opens: '2026-10-25T13:00' }, now)).toEqual({
      startsAt: '2026-10-25T12:00:00.000Z',
    });
    expect(movedTimes(sale, { ...asItIs, hasEnd: false }, now)).toEqual({ endsAt: null });
  });

  test('leaves the opening of a sale that has opened', () => {
    const during = Date.parse('2026-10-25T12:00:00.000Z');
    const moved = movedTimes(
      sale,
      { ...asItIs, opens: '2026-10-26T13:00', ends: '2026-10-25T20:00' },
      during,
    );
    expect(moved).toEqual({ endsAt: '2026-10-25T19:00:00.000Z' });
    expect(movedTimes(sale, { ...asItIs, ends: '2026-10-25T12:30' }, during)).toBeNull();
  });
});

describe('a plan', () => {
  const draft: PlanDraft = {
    name: ' Tin bear ',
    price: '15',
    currency: 'USD',
    quantity: '70',
    variants: [],
    perCustomer: '2',
    atOnce: false,
    schedule: fields,
    simulated: false,
    presale: noPresale,
    description: ' Of tin.\n',
    images: [{ id: 'a'.repeat(32), width: 4, height: 3, widths: [4], alt: ' A bear ' }],
  };

  test('is what the shop is asked for', () => {
    expect(readPlan(draft, { nowMs: now, locales: ['en'] }).plan).toEqual({
      name: 'Tin bear',
      price: { minor: 1_500, currency: 'USD' },
      quantity: 70,
      perCustomer: 2,
      startsAt: '2026-10-25T11:00:00.000Z',
      endsAt: null,
      simulated: false,
      description: 'Of tin.',
      images: [{ id: 'a'.repeat(32), alt: 'A bear' }],
    });
    const atOnce = { ...draft, atOnce: true, schedule: { ...fields, opens: '' } };
    expect(readPlan(atOnce, { nowMs: now, locales: ['en'] }).plan?.startsAt).toBe('now');
  });

  test.each([
    ['name', ''],
    ['price', '-1'],
    ['price', '9.555'],
    ['quantity', '0'],
    ['quantity', '10000001'],
    ['perCustomer', '11'],
    ['perCustomer', '1e1'],
  ] as const)('with the %s “%s” is none', (field, text) => {
    const read = readPlan({ ...draft, [field]: text }, { nowMs: now, locales: ['en'] });
    expect(read.plan).toBeNull();
    expect([...read.faults]).toEqual([field]);
  });
});

test('a moment is spelled out with the name of its zone, and its distance from UTC', () => {
  const formats = createConsoleFormats(['en-GB']);
  const ms = Date.parse('2026-10-25T01:30:00.000Z');
  // With or without a comma, as the version of the locale data has it.
  expect(formats.spelledOut(ms, zone)).toMatch(
    /^Sunday,? 25 October 2026 at 02:30 · Central European Standard Time, GMT\+01:00$/,
  );
  expect(formats.spelledOut(ms, 'UTC')).toMatch(/ at 01:30 · Coordinated Universal Time$/);
});
