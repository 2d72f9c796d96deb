import { describe, expect, test } from 'vitest';
import { typedPrice } from '../../src/console/setup/typed-price.ts';

describe('a typed price', () => {
  test.each([
    ['de', 'EUR', '1.299,99', 129_999],
    ['de', 'EUR', '1.299', 129_900],
    ['de', 'EUR', '89,9', 8_990],
    ['de', 'EUR', '89.90', 8_990],
    ['de', 'EUR', '1,299.99', 129_999],
    ['de-CH', 'CHF', '1’299.95', 129_995],
    ['en', 'USD', '1,299.99', 129_999],
    ['en', 'USD', '1299.99', 129_999],
    ['en', 'USD', ' 999 ', 99_900],
    ['en', 'USD', '999.', 99_900],
    ['en', 'EUR', '89,90', 8_990],
    ['en', 'EUR', '1.299,99', 129_999],
    ['en', 'USD', '12,34', 1_234],
    ['en', 'JPY', '1,300', 1_300],
    ['en', 'KWD', '1.250', 1_250],
    ['de', 'KWD', '1,250', 1_250],
    ['de', 'KWD', '0.500', 500],
    ['en', 'KWD', '0,500', 500],
    ['fr', 'EUR', '1 299,99', 129_999],
    ['fr', 'EUR', '1\u202f299,99', 129_999],
    ['hi', 'INR', '1,23,456.78', 12_345_678],
    ['hi', 'INR', '१,२९९.९९', 129_999],
    ['ar-EG', 'EGP', '١٬٢٩٩٫٩٩', 129_999],
    ['ar', 'EGP', '1,299.99', 129_999],
  ])('in %s, of %s, “%s” is %i of the minor unit', (locale, currency, text, minor) => {
    expect(typedPrice(text, currency, [locale])).toEqual({ ok: true, minor });
  });

  test.each([
    ['en', 'USD', '1.299', 'too_many_decimals'],
    ['en', 'USD', '0,500', 'too_many_decimals'],
    ['de', 'USD', '1,299', 'too_many_decimals'],
    ['en', 'JPY', '89.9', 'too_many_decimals'],
    ['de', 'JPY', '1,300', 'too_many_decimals'],
    ['en', 'USD', '1,000,000,000.01', 'too_large'],
    ['en', 'USD', '-1', 'not_a_number'],
    ['en', 'USD', '', 'not_a_number'],
    ['en', 'USD', '.', 'not_a_number'],
    ['en', 'USD', '.99', 'not_a_number'],
    ['en', 'USD', '$9', 'not_a_number'],
    ['en', 'USD', '1e3', 'not_a_number'],
    ['en', 'USD', '1.2.3', 'not_a_number'],
    ['en', 'USD', '1,2,3', 'not_a_number'],
    ['en', 'USD', '1,299,99', 'not_a_number'],
  ])('in %s, of %s, “%s” is %s', (locale, currency, text, code) => {
    expect(typedPrice(text, currency, [locale])).toEqual({ ok: false, code });
  });
});
