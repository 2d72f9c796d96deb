import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { loadConsoleTexts } from '../../src/console/text/console-texts.ts';
import { english as consoleEnglish } from '../../src/console/text/english.ts';
import { boardTexts } from '../../src/text/board.ts';
import { english } from '../../src/text/english.ts';
import { createFormats } from '../../src/text/formats.ts';
import { guestSignInTexts } from '../../src/text/guest-sign-in.ts';
import { loadLanguage, localesFor, tagFor } from '../../src/text/language.ts';
import { type LanguageTag, languageTags } from '../../src/text/languages.ts';
import { noteTexts } from '../../src/text/notes.ts';
import { orderPageTexts } from '../../src/text/order-page.ts';
import { presaleTexts } from '../../src/text/presale.ts';
import { proofTexts } from '../../src/text/proof.ts';
import { signInTexts } from '../../src/text/sign-in.ts';

/** Where the operator gives no reason, the catalogue has words. */
const reasoned = new Set(['message.paused', 'message.ended']);

/** Every text of a catalogue with its path; functions are called with marks, and those that English shows must come out again. */
function textsOf(value: unknown, path = ''): [path: string, text: string][] {
  if (typeof value === 'string') {
    return [[path, value]];
  }
  if (typeof value === 'function') {
    const marks = Array.from({ length: value.length }, (_, index) => `<${index}>`);
    return textsOf(value(...(reasoned.has(path) ? [null] : marks)), `${path}()`);
  }
  return Object.entries(value as Record<string, unknown>).flatMap(([key, each]) =>
    textsOf(each, path === '' ? key : `${path}.${key}`),
  );
}

const sameEverywhere = new Set([
  'none',
  'part.watch',
  'watch.series.p50',
  'watch.series.p95',
  'watch.series.p99',
  'log.from()',
  'preview.utc',
  'variants.sku',
  'brand',
  'utc()',
  'message.lost().detail',
  'eyebrow.live',
  'orderPage.status',
]);

/** Those that come with the part of the page that shows them. */
const apart = (tag: LanguageTag) => ({
  board: boardTexts[tag],
  guestSignIn: guestSignInTexts[tag],
  notes: noteTexts[tag],
  orderPage: orderPageTexts[tag],
  presale: presaleTexts[tag],
  proof: proofTexts[tag],
  signIn: signInTexts[tag],
});

const marksOf = (text: string) => [...new Set(text.match(/<\d>/g))].sort();

function expectTranslated(tag: string, original: unknown, translation: unknown): void {
  const originals = new Map(textsOf(original));
  const translated = textsOf(translation);
  expect(translated.map(([path]) => path)).toEqual([...originals.keys()]);
  for (const [path, text] of translated) {
    if (!sameEverywhere.has(path)) {
      expect(text.trim(), path).not.toBe('');
      expect(marksOf(text), path).toEqual(marksOf(originals.get(path) ?? ''));
      expect(tag !== 'en' && text === originals.get(path), `${path} is still English: ${text}`).toBe(false);
    }
  }
}

describe.each(languageTags)('the catalogue %s', (tag) => {
  test('has a text for everything, and leaves none in English', async () => {
    const { texts } = await loadLanguage(tag, []);
    expectTranslated(tag, english, texts);
    expectTranslated(tag, consoleEnglish, await loadConsoleTexts(tag));
    expectTranslated(tag, apart('en'), apart(tag));
  });

  test('puts into its sentences what it is given', async () => {
    const { texts, formats } = await loadLanguage(tag, []);
    const count = formats.number(1234);
    expect(texts.left(count, formats.number(5000))).toContain(count);
    expect(boardTexts[tag].unit(count)).toContain(count);
    expect(texts.daysLeft(11, formats.number(11))).toContain(formats.number(11));
    expect(texts.message.rate_limited('7').title).toContain('7');
    expect(texts.message.lostTimes('T1', 'T2')).toMatch(/T1.*T2/);
    expect(texts.message.paused('why').detail).toBe('why');
  });

  test('has the plural forms that its language has', async () => {
    const { texts } = await loadLanguage(tag, []);
    const forms = new Set([0, 1, 2, 3, 11, 100].map((days) => texts.daysLeft(days, '#')));
    expect(forms.size).toBe({ en: 2, de: 2, hi: 1, ar: 5 }[tag]);
  });
});

describe('the language of the page', () => {
  test.each([
    [null, ['de-AT', 'en'], 'de'],
    [null, ['fr-FR', 'hi-IN', 'en'], 'hi'],
    [null, ['fr-FR'], 'en'],
    [null, [], 'en'],
    ['ar', ['de-AT'], 'ar'],
    ['tlh', ['de-AT'], 'de'],
    ['constructor', ['de-AT'], 'de'],
  ])('chosen %s, wanted %s: %s', (chosen, wanted, expected) => {
    expect(tagFor(chosen, wanted)).toBe(expected);
  });

  test('keeps the visitor’s region for numbers and dates', () => {
    expect(localesFor('de', ['en-US', 'de-CH', 'de'])).toEqual(['de-CH', 'de', 'de']);
    expect(createFormats(localesFor('de', ['de-CH'])).number(12_408)).toMatch(/^12[’']408$/);
    expect(createFormats(localesFor('hi', ['hi-IN'])).number(1_234_567)).toBe('12,34,567');
  });

  test('writes whole prices without decimals, and others with those of their currency', () => {
    const dollars = { minor: 99_900, currency: 'USD' };
    expect(createFormats(['en-US']).price(dollars)).toBe('$999');
    expect(createFormats(['de-DE']).price({ minor: 129_999, currency: 'EUR' })).toBe('1.299,99\u00a0€');
    expect(createFormats(['hi-IN']).price({ minor: 1_250, currency: 'KWD' })).toBe('KWD\u00a01.250');
    // Beside text from right to left, a price keeps its order.
    expect(createFormats(['ar'], 'rtl').price(dollars)).toMatch(/^\u2066[^\u200f]+\u2069$/);
  });

  test('rolls only the digits that can be rolled', () => {
    expect(createFormats(['en']).rolls).toBe(true);
    expect(createFormats(['ar-EG'], 'rtl').rolls).toBe(false);
    expect(createFormats(['ar-EG'], 'rtl').clock([2, 14, 33])).toBe('٠٢:١٤:٣٣');
  });
});

test('no text of the page stands outside the catalogues', () => {
  const folder = join(import.meta.dirname, '../../src');
  const files = globSync('**/*.tsx', { cwd: folder });
  expect(files.length).toBeGreaterThan(20);
  const found = files.flatMap((file) => {
    const source = readFileSync(join(folder, file), 'utf8').replace(
      /\{?\/\*[\s\S]*?\*\/\}?|^\s*\/\/.*$/gm,
      '',
    );
    // Between two tags, and no code: that has signs which a text of the page has not.
    const between = [...source.matchAll(/(?<=>)([^<>{}=;()]*\p{L}{2}[^<>{}=;()]*)(?=<)/gu)].map(
      ([, text]) => text,
    );
    const spoken = [...source.matchAll(/\b(?:aria-label|title|alt|placeholder)="([^"]*\p{L}[^"]*)"/gu)].map(
      ([, text]) => text,
    );
    return [...between, ...spoken].map((text) => `${file}: ${text?.trim()}`);
  });
  expect(found).toEqual([]);
});
