import { reasonBody, startBody } from '@flipzon/protocol/sale-terms.ts';
import { customerId } from '@flipzon/protocol/schemas.ts';
import { isPlainId, isShownText } from '@flipzon/protocol/text.ts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

const hidden = {
  'half a character': '\ud800',
  'the other half': '\udfff',
  'a control character': '\u0007',
  'a control character beyond ASCII': '\u0085',
  'a line feed': '\n',
  'a separator of lines': '\u2028',
  'a separator of paragraphs': '\u2029',
  'text from right to left from here on': '\u202e',
  'an isolated direction': '\u2066',
  'a space of no width': '\u200b',
  'a joiner where there is nothing to join': '\u200d',
  'a byte order mark': '\ufeff',
  'a soft hyphen': '\u00ad',
  'a tag': '\u{e0041}',
  'a letter that is drawn as nothing': '\u3164',
  'an empty braille cell': '\u2800',
  'a note without a head': '\u{1d159}',
  'no character': '\uffff',
};

describe.each(Object.entries(hidden))('%s', (_what, sign) => {
  it.each([`${sign}ann`, `an${sign}n`, `ann${sign}`])(
    'is in no id and in no text that is shown (%j)',
    (text) => {
      expect([isPlainId(text), customerId.safeParse(text).success]).toEqual([false, false]);
      const [inside, outside] = [`a${text}n`, text];
      for (const name of [inside, ...(outside.trim() === outside ? [outside] : [])]) {
        expect([name, isShownText(name)]).toEqual([name, false]);
        expect(startBody.safeParse({ name }).success).toBe(false);
        expect(reasonBody.safeParse({ reason: name }).success).toBe(false);
      }
    },
  );
});

it.each([
  'Ann',
  'ann@shop.example',
  'Łukasz Ünal',
  'स्नेहा',
  'محمد',
  '李雷',
  '👍🏽',
  'a:b/c d',
  '...',
  '%2e%2e',
  'e\u0301',
])('%j is an id', (id) => expect(customerId.parse(id)).toBe(id));

it.each(['.', '..'])('%j is none: no address can have it in its path', (id) =>
  expect(customerId.safeParse(id).success).toBe(false),
);

it.each(['', ' ', '\u00a0', '\u0301', '\u0301 \u0308'])(
  '%j is no text that is shown: nothing is seen',
  (name) => expect([isShownText(name), startBody.safeParse({ name }).success]).toEqual([false, false]),
);

it.each(['👩‍💻 edition', '❤️‍🔥', 'क्‍ष', 'می‌خواهم', '葛\u{e0100}', 'iPhone 17 – 256 GB', 'Größe „XL“'])(
  '%j may be shown: its joiners are part of what is seen',
  (name) => expect(startBody.parse({ name }).name).toBe(name),
);

it('two ids that are accepted and differ are stored as two ids', () => {
  const text = fc.string({ unit: 'binary', minLength: 1, maxLength: 12 });
  const halves = fc.array(fc.integer({ min: 0xd7f0, max: 0xe010 }), { minLength: 1, maxLength: 4 });
  const any = fc.oneof(
    text,
    halves.map((units) => String.fromCharCode(...units)),
  );
  fc.assert(
    fc.property(any, any, (one, other) => {
      const stored = (id: string) => Buffer.from(id, 'utf8').toString('utf8');
      fc.pre(customerId.safeParse(one).success && customerId.safeParse(other).success && one !== other);
      expect(stored(one)).toBe(one);
      expect(stored(one)).not.toBe(stored(other));
    }),
    { numRuns: 500 },
  );
});
