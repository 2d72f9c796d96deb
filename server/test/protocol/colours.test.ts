import { contrastMin, contrastOf, paletteOf, textOn, unreadableOf } from '@flipzon/protocol/colours.ts';
import fc from 'fast-check';
import { expect, it } from 'vitest';

const colour = fc
  .integer({ min: 0, max: 0xffffff })
  .map((value) => `#${value.toString(16).padStart(6, '0')}`);
const surfaces = { light: ['#f5f3ee', '#fffefb'], dark: ['#0f0f0d', '#1a1916'] } as const;
const inks = { light: '#16140f', dark: '#f5f2ea' } as const;

it('measures contrast as WCAG does', () => {
  expect(contrastOf('#000000', '#ffffff')).toBe(21);
  expect(contrastOf('#ffffff', '#ffffff')).toBe(1);
  expect(contrastOf('#767676', '#ffffff')).toBeCloseTo(4.54, 2);
  expect(contrastOf('#ffffff', '#777777')).toBeCloseTo(4.48, 2);
});

it('refuses a colour of buttons on which neither dark nor white text is readable', () => {
  expect(unreadableOf({ accent: '#777777', backdrop: null })).toMatchObject({
    colour: 'accent',
    mode: 'light',
  });
  expect(unreadableOf({ accent: '#0b5fa5', backdrop: null })).toBeNull();
  expect(unreadableOf({ accent: null, backdrop: null })).toBeNull();
});

it('refuses a background that is too dark for the text of the light page', () => {
  const refused = unreadableOf({ accent: null, backdrop: '#123456' });
  expect(refused).toMatchObject({ colour: 'backdrop', mode: 'light' });
  expect(refused?.contrast).toBeLessThan(2);
  expect(unreadableOf({ accent: null, backdrop: '#cfe8dd' })).toBeNull();
});

it('derives from every accepted pair colours on which all text is readable, in light and dark', () => {
  fc.assert(
    fc.property(colour, colour, (accent, backdrop) => {
      fc.pre(unreadableOf({ accent, backdrop }) === null);
      for (const mode of ['light', 'dark'] as const) {
        const palette = paletteOf({ accent, backdrop }, mode);
        const pairs = [
          [palette['--on-accent'], palette['--accent']],
          [palette['--on-accent'], palette['--accent-strong']],
          [inks[mode], palette['--stage-1']],
          [inks[mode], palette['--stage-2']],
          ...surfaces[mode].map((surface) => [palette['--accent-ink'], surface]),
        ];
        for (const [text = '', behind = ''] of pairs)
          expect(contrastOf(text, behind), `${text} on ${behind}, ${mode}`).toBeGreaterThanOrEqual(
            contrastMin,
          );
      }
    }),
  );
});

it('leaves the built-in colours where the shop has none', () => {
  expect(paletteOf({ accent: null, backdrop: null }, 'light')).toEqual({});
  expect(textOn('#ffe600')).toBe('#1d0a02');
  expect(textOn('#0b5fa5')).toBe('#ffffff');
});
