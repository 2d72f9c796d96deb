import {
  currencies,
  currencyDecimals,
  isCurrency,
  type Money,
  moneyFormatter,
  moneyOf,
  type ParsedPrice,
  parsePrice,
  priced,
  priceMax,
  priceOf,
  priceText,
  times,
} from '@flipzon/protocol/money.ts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { testSeed } from '../_support/random.ts';

const currency = fc.constantFrom(...currencies);
const minorOf = (code: string) => fc.integer({ min: 0, max: priceMax * 10 ** currencyDecimals(code) });
const money: fc.Arbitrary<Money> = currency.chain((code) =>
  minorOf(code).map((minor) => ({ minor, currency: code })),
);
const twoPrices = currency.chain((code) => fc.tuple(fc.constant(code), minorOf(code), minorOf(code)));
const check = <Values extends [unknown, ...unknown[]]>(property: fc.IPropertyWithHooks<Values>) =>
  fc.assert(property, { seed: testSeed, numRuns: 2_000 });

function minorIn(parsed: ParsedPrice): number {
  if (!parsed.ok) throw new Error(parsed.code);
  return parsed.minor;
}

describe('a price', () => {
  it.each([
    [999, 'USD', 99_900],
    [1299.99, 'USD', 129_999],
    [89.9, 'EUR', 8_990],
    ['89.90', 'EUR', 8_990],
    [1300, 'JPY', 1_300],
    [1.25, 'KWD', 1_250],
    ['1.250', 'KWD', 1_250],
    [0.0001, 'CLF', 1],
    [4.35, 'USD', 435],
    [1.005, 'TND', 1_005],
    [-0, 'USD', 0],
    [priceMax, 'UYW', 10_000_000_000_000],
  ])('%s %s is %i of the minor unit', (price, code, minor) => {
    expect(parsePrice(price, code)).toEqual({ ok: true, minor });
  });

  it.each([
    [1299.999, 'USD', 'too_many_decimals'],
    [0.5, 'JPY', 'too_many_decimals'],
    ['89.900', 'EUR', 'too_many_decimals'],
    [1e-7, 'KWD', 'too_many_decimals'],
    [-1, 'USD', 'negative'],
    [-1e-9, 'USD', 'negative'],
    [priceMax + 0.01, 'USD', 'too_large'],
    [1e21, 'USD', 'too_large'],
    ['9'.repeat(400), 'USD', 'too_large'],
    [Number.MAX_SAFE_INTEGER, 'JPY', 'too_large'],
    [Number.NaN, 'USD', 'not_a_number'],
    [Number.POSITIVE_INFINITY, 'USD', 'not_a_number'],
    ['1e3', 'USD', 'not_a_number'],
    ['1,299', 'USD', 'not_a_number'],
    ['', 'USD', 'not_a_number'],
    ['.5', 'USD', 'not_a_number'],
  ])('%s %s is refused: %s', (price, code, fault) => {
    expect(parsePrice(price, code)).toEqual({ ok: false, code: fault });
  });

  it('comes back from every form in which it is sent, stored or written, in every currency', () => {
    check(
      fc.property(money, (given) => {
        expect(parsePrice(priceOf(given), given.currency)).toEqual({ ok: true, minor: given.minor });
        expect(parsePrice(priceText(given), given.currency)).toEqual({ ok: true, minor: given.minor });
        expect(moneyOf(JSON.parse(JSON.stringify(priced(given))))).toEqual(given);
      }),
    );
  });

  it('with one decimal more than its currency has is refused', () => {
    check(
      fc.property(money, fc.integer({ min: 1, max: 9 }), ({ minor, currency: code }, digit) => {
        fc.pre(minor < priceMax);
        const decimals = currencyDecimals(code);
        const finer = `0.${'0'.repeat(decimals)}${digit}`;
        const text = (minor + Number(finer)).toFixed(decimals + 1);
        for (const price of [finer, Number(finer), text, Number(text)]) {
          expect(parsePrice(price, code)).toEqual({ ok: false, code: 'too_many_decimals' });
        }
      }),
    );
  });

  it('is larger than another exactly where its minor units are more', () => {
    check(
      fc.property(twoPrices, ([code, one, other]) => {
        const prices = [one, other].map((minor) => priceOf({ minor, currency: code })) as [number, number];
        expect(Math.sign(prices[0] - prices[1])).toBe(Math.sign(one - other));
      }),
    );
  });

  it('adds up exactly in minor units, as decimals do on paper', () => {
    check(
      fc.property(
        currency,
        fc.array(fc.integer({ min: 0, max: 10_000_000 }), { minLength: 1 }),
        (code, all) => {
          const prices = all.map((minor) => priceOf({ minor, currency: code }));
          const sum = prices.reduce((total, price) => total + minorIn(parsePrice(price, code)), 0);
          expect(sum).toBe(all.reduce((total, minor) => total + minor, 0));
        },
      ),
    );
  });

  it('of before sales had a currency is in whole US dollars', () => {
    expect(moneyOf({ price: 999 })).toEqual({ minor: 99_900, currency: 'USD' });
  });
});

describe('the currencies', () => {
  it('are those of Intl, with the decimals of ISO 4217, and the differences between the two are these', () => {
    const known = Intl.supportedValuesOf('currency');
    const intlDecimals = (code: string) =>
      new Intl.NumberFormat('en', { style: 'currency', currency: code }).resolvedOptions()
        .maximumFractionDigits;
    const differing = known.filter(
      (code) => isCurrency(code) && intlDecimals(code) !== currencyDecimals(code),
    );
    // Unicode leaves out decimals that coins and price tags no longer have; accounts, banks and ISO keep them.
    expect(differing.join(' ')).toBe('AFN ALL COP HUF IDR IQD IRR KPW LAK LBP MGA MMK PKR SOS SYP YER');
    // Withdrawn by ISO, or without a minor unit.
    expect(known.filter((code) => !isCurrency(code)).join(' ')).toBe('ANG BGN CUC HRK SLL XDR XSU ZWL');
  });

  it('have at most four decimals, and an unknown one has none', () => {
    expect(currencies).toHaveLength(165);
    expect(new Set(currencies.map(currencyDecimals))).toEqual(new Set([0, 2, 3, 4]));
    expect(() => currencyDecimals('XXX')).toThrow('XXX');
    expect(isCurrency('usd')).toBe(false);
  });
});

describe('written for people, money', () => {
  it.each([
    ['en', 99_900, 'USD', '$999'],
    ['en', 129_999, 'USD', '$1,299.99'],
    ['en', 129_990, 'USD', '$1,299.90'],
    ['de', 8_990, 'EUR', '89,90\u00a0€'],
    ['de', 129_999, 'EUR', '1.299,99\u00a0€'],
    ['ja', 1_300, 'JPY', '￥1,300'],
    ['en', 1_250, 'KWD', 'KWD\u00a01.250'],
    ['en-IN', 12_345_678, 'INR', '₹1,23,456.78'],
    ['en', 1, 'IQD', 'IQD\u00a00.001'],
  ])('in %s, %i of %s reads %s', (locale, minor, code, text) => {
    expect(moneyFormatter([locale])({ minor, currency: code })).toBe(text);
  });

  it('can be read back in every currency', () => {
    const format = moneyFormatter(['en']);
    check(
      fc.property(money, (given) => {
        const digits = format(given)
          .replaceAll(/[^\d.]/g, '')
          .replace(/^\./, '');
        expect(parsePrice(digits, given.currency)).toEqual({ ok: true, minor: given.minor });
      }),
    );
  });
});

it('a total is exact beyond the whole numbers of a number', () => {
  const total = times({ minor: 99_999_999_999, currency: 'USD' }, 9_999_999);
  expect(priceText(total)).toBe('9999998999900000.01');
  expect(moneyFormatter(['en'])(total)).toBe('$9,999,998,999,900,000.01');
});
