import { settingsBody } from '@flipzon/protocol/settings.ts';
import { expect, it } from 'vitest';

const accepts = (body: unknown) => settingsBody.safeParse(body).success;

it('takes web addresses, and mail where a contact may be one', () => {
  expect(accepts({ links: { imprint: 'https://shop.example/imprint?lang=de#top' } })).toBe(true);
  expect(accepts({ links: { imprint: 'http://shop.example' } })).toBe(true);
  expect(accepts({ links: { imprint: null } })).toBe(true);
  expect(accepts({ contact: { link: 'mailto:help@shop.example' } })).toBe(true);
  expect(accepts({ links: { imprint: 'mailto:help@shop.example' } })).toBe(false);
});

it.each([
  'javascript:alert(1)',
  'JaVaScRiPt:alert(1)',
  'data:text/html,hello',
  'ftp://shop.example/',
  '//shop.example/imprint',
  '/imprint',
  'https://user:secret@shop.example/',
  'https://shop.example/"onclick=alert(1)',
  'https://shop.example/<b>',
  'https://shop.example/a b',
  ' https://shop.example/',
  'https://shop.example/\u202etxt',
  `https://shop.example/${'a'.repeat(500)}`,
])('refuses %s as an address', (address) => {
  expect(accepts({ links: { terms: address } })).toBe(false);
  expect(accepts({ contact: { link: address } })).toBe(false);
  expect(accepts({ next: { link: address } })).toBe(false);
});

it('takes colours as six digits, and writes them in one way', () => {
  expect(settingsBody.parse({ colours: { accent: '#0B5FA5' } })).toEqual({ colours: { accent: '#0b5fa5' } });
  for (const accent of ['red', '#fff', '#0b5fa5;}', '0b5fa5', 'url(x)'])
    expect(accepts({ colours: { accent } }), accent).toBe(false);
});

it('bounds texts, and refuses fields that it does not know', () => {
  expect(accepts({ name: 'a'.repeat(41) })).toBe(false);
  expect(accepts({ name: '' })).toBe(false);
  expect(accepts({ delivery: 'a'.repeat(301) })).toBe(false);
  expect(accepts({ next: { text: 'a'.repeat(1_001) } })).toBe(false);
  expect(accepts({ contact: { email: 'not an address' } })).toBe(false);
  for (const body of [{ more: 1 }, { links: { more: null } }, { colours: { more: null } }])
    expect(accepts(body), JSON.stringify(body)).toBe(false);
});
