import { noSettings, type ShopShown } from '@flipzon/protocol/settings.ts';
import { expect, it } from 'vitest';
import { readSettings } from '../../src/brand/read-settings.ts';

const good: ShopShown = {
  ...noSettings,
  name: 'Nord',
  colours: { accent: '#0b5fa5', backdrop: null },
  links: { ...noSettings.links, imprint: 'https://nord.example/imprint' },
};

it('settings as they were saved are read unchanged', () => {
  expect(readSettings(good)).toEqual({ settings: good, unusable: [] });
});

it.each([
  ['name', 7],
  ['name', 'a\u202eb'],
  ['logo', { id: 'none' }],
  ['colours', { accent: 'red; background: url(x)', backdrop: null }],
  ['colours', { accent: null, backdrop: '#123456' }],
  ['links', { ...good.links, imprint: 'javascript:alert(1)' }],
  ['contact', undefined],
  ['next', 'soon'],
])('a part that no page could show, %s, is the built-in one; the others stay', (part, value) => {
  expect(readSettings({ ...good, [part]: value })).toEqual({
    settings: { ...good, [part]: noSettings[part as keyof ShopShown] },
    unusable: [part],
  });
});

it.each([null, undefined, 'settings', [], 3])('what are no settings at all, %j, are none', (stored) => {
  const { settings, unusable } = readSettings(stored);
  expect(settings).toEqual(noSettings);
  expect(unusable).toHaveLength(7);
});
