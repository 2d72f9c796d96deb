import type { BuyOutcome } from '@flipzon/protocol/operator.ts';
import { describe, expect, test } from 'vitest';
import { loadConsoleTexts } from '../../src/console/text/console-texts.ts';
import { reportTexts } from '../../src/report/report-texts.ts';
import { languageTags } from '../../src/text/languages.ts';

/** Every text with its path; functions are called with marks that must come out again. */
function textsOf(value: unknown, path = ''): [path: string, text: string][] {
  if (typeof value === 'string') return [[path, value]];
  if (typeof value === 'function') {
    // What plurals are chosen by is not said itself.
    const marks = Array.from({ length: value.length }, (_, index) => `<${index}>`);
    return [[path, value(...marks)]];
  }
  return Object.entries(value as object).flatMap(([key, each]) => textsOf(each, `${path}.${key}`));
}

const inEnglish = new Map(textsOf(reportTexts.en));
const marksOf = (text: string) => [...new Set(text.match(/<\d>/g))].sort();

describe.each(languageTags)('the report in %s', (tag) => {
  test('has every text, none left in English, each with what is put into it', () => {
    const texts = textsOf(reportTexts[tag]);
    expect(texts.map(([path]) => path)).toEqual([...inEnglish.keys()]);
    for (const [path, text] of texts) {
      const original = inEnglish.get(path) ?? '';
      expect(text.trim(), path).not.toBe('');
      expect(tag !== 'en' && text === original, `${path}: ${text}`).toBe(false);
      expect(marksOf(text), path).toEqual(marksOf(original));
    }
  });
});

test.each(languageTags)(
  'in %s the report and the console have one name for each answer to a buy',
  async (tag) => {
    const { outcomeOf } = (await loadConsoleTexts(tag)).watch;
    const names = Object.entries(reportTexts[tag].answers).filter(([outcome]) =>
      Object.hasOwn(outcomeOf, outcome),
    );
    expect(names.map(([outcome]) => outcome)).toEqual([
      'claimed',
      'replayed',
      'sold_out',
      'already_purchased',
      'sale_not_active',
      'too_many_requests',
      'unavailable',
    ]);
    for (const [outcome, name] of names) expect(outcomeOf[outcome as BuyOutcome]).toBe(name);
  },
);
