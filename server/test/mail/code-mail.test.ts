import { noSettings, type ShopShown } from '@flipzon/protocol/settings.ts';
import { expect, it } from 'vitest';
import { codeMail } from '../../src/mail/code-mail.ts';

const wanted = { to: 'ann@example.com', code: '12345678', language: 'de' };
const publicUrl = 'https://shop.example';

it('a mail with a code names the shop, and ends with its contact and legal links in the customer’s language', () => {
  const shop: ShopShown = {
    ...noSettings,
    name: 'Kettle & Co',
    links: { ...noSettings.links, privacy: 'https://kettle.example/privacy?a=1&b=2' },
    contact: { email: 'help@kettle.example', link: null },
  };
  const mail = codeMail(wanted, { shop, publicUrl });
  expect(mail.subject).toBe('Ihr Anmeldecode für Kettle & Co');
  expect(mail.replyTo).toBe('help@kettle.example');
  expect(mail.text).toContain('\n\n1234 5678\n\n');
  expect(mail.text).toMatch(
    /\n\nKontakt: help@kettle\.example\nDatenschutz: https:\/\/kettle\.example\/privacy\?a=1&b=2\n$/,
  );
  expect(mail.html).toContain('<a href="https://kettle.example/privacy?a=1&amp;b=2">Datenschutz</a>');
  expect(mail.html).not.toMatch(/<img|<script|src=/);
});

it('without settings it names the shop’s address, and has no links', () => {
  const mail = codeMail({ ...wanted, language: 'toString' }, { shop: noSettings, publicUrl });
  expect(mail.subject).toBe('Your sign-in code for shop.example');
  expect(mail).not.toHaveProperty('replyTo');
  expect(mail.html).not.toContain('<a ');
});
