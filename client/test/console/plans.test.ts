import type { SaleResult } from '@flipzon/protocol/operator.ts';
import { expect, test } from 'vitest';
import { afterEnd } from '../../src/console/plans/after-end.ts';
import { otherwiseMeant, wholeNumber } from '../../src/console/setup/whole-number.ts';

const minute = 60_000;
const now = Date.parse('2026-11-30T12:00:00.000Z');
const inMinutes = (minutes: number) => new Date(now + minutes * minute).toISOString();
const plan = (startsIn: number, endsIn: number | null = null) =>
  ({
    id: String(startsIn),
    startsAt: inMinutes(startsIn),
    endsAt: endsIn === null ? null : inMinutes(endsIn),
  }) as SaleResult;

test.each<[SaleResult[], [id: string, isSoon: boolean] | null, string[]]>([
  [[], null, []],
  [[plan(30)], ['30', true], []],
  [[plan(60)], ['60', true], []],
  [[plan(61)], ['61', false], []],
  [[plan(90), plan(-5), plan(30)], ['30', true], ['-5']],
  [[plan(-5)], null, ['-5']],
  [[plan(-5, -1)], null, []],
])('after the sale that is ended, of the plans %# comes what the shop puts there', (plans, next, missed) => {
  const found = afterEnd(plans, now);
  expect(found.next && [found.next.plan.id, found.next.isSoon]).toEqual(next);
  expect(found.missed.map(({ id }) => id)).toEqual(missed);
});

test.each([
  ['1000', 1000],
  [' 1000 ', 1000],
  ['1,000', 1000],
  ['1.000', 1000],
  ['1 000', 1000],
  ['1\u202f000\u202f000', 1_000_000],
  ['1,00,000', 100_000],
  ['١٬٠٠٠', 1000],
  ['१,०००', 1000],
  ['1,5', null],
  ['1.5', null],
  ['1,000.5', null],
  ['1,00', null],
  ['0,500', null],
  ['0.500', null],
  ['000', 0],
  [',000', null],
  ['1e3', null],
  ['-1', null],
  ['', null],
])('the number %j is read as %j', (text, expected) => {
  expect(wholeNumber(text, [0, 10_000_000])).toBe(expected);
});

test.each([
  ['en', '1.000', null],
  ['en', '12.500', null],
  ['de', '1,000', null],
  ['hi', '१.०००', null],
  ['ar-EG', '١٫٠٠٠', null],
  ['en', '1,000', 1000],
  ['en', '1.000.000', 1_000_000],
  ['de', '1.000', 1000],
  ['en-IN', '1,00,000', 100_000],
  ['de-CH', '1’000', 1000],
  ['ar-EG', '١٬٠٠٠', 1000],
])('in %s, the number %j is read as %j: two readings are none', (locale, text, expected) => {
  expect(wholeNumber(text, [0, 10_000_000], [locale])).toBe(expected);
  expect(otherwiseMeant(text, [locale]) === null).toBe(expected !== null);
});
