import { noSettings, type ShopShown } from '@flipzon/protocol/settings.ts';
import { describe, expect, it } from 'vitest';
import { orderMail } from '../../src/mail/order-mail.ts';
import type { OrderMailContent } from '../../src/mail/order-mails.ts';

const content: OrderMailContent = {
  order: {
    ...{ saleId: 'sale-1', customerId: 'mail-secret', slot: 1, unit: 1_042, seq: 1, requestId: 'asked' },
    ...{ claimedAt: Date.UTC(2026, 11, 6, 18, 30, 1), arrivedAt: 0, confirmedAt: 0, status: 'confirmed' },
    ...{ price: { minor: 8990, currency: 'EUR' }, number: 'FZ-7K3M-Q2XV-9DTR', variant: 'blue-2' },
  },
  ...{ to: 'ann@example.com', language: 'en', product: 'Teapot', variant: 'Blue, 2 l' },
};
const shop: ShopShown = {
  ...noSettings,
  name: 'Kettle & Co',
  links: { ...noSettings.links, imprint: 'https://kettle.example/imprint?a=1&b=2' },
  contact: { email: 'help@kettle.example', link: null },
  delivery: 'By post,\nwithin a week.',
  next: { text: 'We pack it.', link: 'https://kettle.example/next' },
};
const around = { shop, publicUrl: 'https://shop.example', timeZone: 'Asia/Kolkata' };

describe('a mail about an order', () => {
  it('says in text and HTML what was bought, when and for how much, and what happens next', () => {
    const mail = orderMail(content, 'confirmed', around);
    expect(mail.text).toBe(
      [
        'Your order at Kettle & Co is confirmed.\n',
        'Order number: FZ-7K3M-Q2XV-9DTR\nProduct: Teapot\nOption: Blue, 2 l\nUnit: 1,042\nPrice: €89.90',
        'Bought: December 7, 2026 at 12:00:01 AM GMT+5:30\n',
        'See and print your order:\nhttps://shop.example/order#FZ-7K3M-Q2XV-9DTR\n',
        'Delivery\nBy post,\nwithin a week.\n',
        'What happens next\nWe pack it.\n',
        'More about your order:\nhttps://kettle.example/next\n',
        'Contact: help@kettle.example\nLegal notice: https://kettle.example/imprint?a=1&b=2\n',
      ].join('\n'),
    );
    expect(mail).toMatchObject({
      to: 'ann@example.com',
      replyTo: 'help@kettle.example',
      subject: 'Order FZ-7K3M-Q2XV-9DTR is confirmed',
      messageId: '<FZ-7K3M-Q2XV-9DTR.confirmed@shop.example>',
    });
    for (const part of [
      'Kettle &amp; Co',
      '€89.90',
      'By post,<br>within',
      'href="https://kettle.example/next"',
    ])
      expect(mail.html).toContain(part);
    expect(mail.html).not.toMatch(/<img|<script|src=/);
    expect(`${mail.text}${mail.html}`).not.toMatch(/mail-secret|asked|sale-1/);
  });

  it('says of a cancelled order nothing about what happens next', () => {
    const { text, subject } = orderMail(content, 'cancelled', around);
    expect(subject).toBe('Order FZ-7K3M-Q2XV-9DTR was cancelled');
    expect(text).toMatch(/was cancelled by the shop/);
    expect(text).not.toMatch(/We pack it|By post/);
  });

  it.each([
    ['de', 'Bestellnummer', '89,90'],
    ['hi', 'ऑर्डर नंबर', '89.90'],
    ['ar', 'رقم الطلب', '89.90'],
    ['fr', 'Order number', '89.90'],
    ['toString', 'Order number', '89.90'],
  ])('is in the customer’s language, %s, or in English', (language, words, price) => {
    const mail = orderMail({ ...content, language }, 'confirmed', around);
    expect(mail.text).toContain(words);
    expect(mail.text).toContain(price);
    expect(mail.html).toContain(language === 'ar' ? 'dir="rtl"' : 'dir="ltr"');
  });

  it('shows names as they were typed, also those that look like HTML', () => {
    const { html, text } = orderMail({ ...content, product: '<b>"A" & B</b>' }, 'confirmed', {
      ...around,
      shop: { ...shop, name: '<script>1</script>' },
    });
    expect(text).toContain('<b>"A" & B</b>');
    expect(html).not.toMatch(/<script|<b>"|& B/);
  });
});
