import { readFile } from 'node:fs/promises';
import { expect, test } from '../fixtures.ts';
import { lookAway, makeHideable } from '../support/look-away.ts';
import { inSeconds } from '../support/shop-api.ts';

test('the calendar entry that I download opens with the sale, in any zone', async ({ operator, shopper }) => {
  const sale = await operator.start({
    startsAt: '2099-12-31T18:30:00.000Z',
    quantity: 1000,
    price: 999,
  });
  const ana = await shopper({ timezoneId: 'America/New_York' });
  await ana.open();
  const saving = ana.page.waitForEvent('download');
  await ana.page.getByRole('button', { name: 'Add to calendar' }).click();
  const download = await saving;
  expect(download.suggestedFilename()).toBe(`flipzon-${sale.id}.ics`);
  const text = await readFile(await download.path(), 'utf8');
  expect(text.split('\r\n').at(-1)).toBe('');
  const lines = text.replaceAll('\r\n ', '').trimEnd().split('\r\n');
  expect(lines.slice(0, 2)).toEqual(['BEGIN:VCALENDAR', 'VERSION:2.0']);
  expect(lines.at(-1)).toBe('END:VCALENDAR');
  expect(lines).toEqual(
    expect.arrayContaining([
      'BEGIN:VEVENT',
      `UID:${sale.id}@127.0.0.1`,
      'DTSTART:20991231T183000Z',
      'SUMMARY:iPhone: Flipzon flash sale opens',
      'TRIGGER:-PT10M',
      'END:VEVENT',
    ]),
  );
  expect(lines.find((line) => line.startsWith('DESCRIPTION:'))).toContain('US$999');
});

test('I ask for a reminder, and when the sale opens in a hidden tab, my browser notifies me', async ({
  operator,
  shopper,
}) => {
  const sale = await operator.start({ startsAt: inSeconds(600) });
  const ana = await shopper();
  await makeHideable(ana.page);
  // To show a notification is the browser's part, and a headless one is never allowed to.
  await ana.page.addInitScript(() => {
    window.notified = [];
    Object.defineProperty(Notification, 'permission', { get: () => 'granted' });
    window.Notification = new Proxy(Notification, {
      construct(target, [title, options]) {
        window.notified?.push(title);
        return Reflect.construct(target, [title, options]);
      },
    });
  });
  await ana.open();
  const remind = ana.page.getByRole('button', { name: 'Remind me' });
  await expect(remind).toHaveAttribute('aria-pressed', 'false');
  await remind.click();
  await expect(ana.page.getByRole('button', { name: 'Reminder set' })).toHaveAttribute(
    'aria-pressed',
    'true',
  );
  await expect(ana.page.getByText(/We will remind you 2 minutes before the sale opens/)).toBeVisible();
  expect(await ana.page.evaluate(() => window.notified)).toEqual([]);
  // Pressed again, it is off; and on, and stays so over a reload.
  await ana.page.getByRole('button', { name: 'Reminder set' }).click();
  await expect(remind).toHaveAttribute('aria-pressed', 'false');
  await remind.click();
  await ana.page.reload();
  await expect(ana.page.getByRole('button', { name: 'Reminder set' })).toBeVisible();

  await lookAway(ana.page);
  await operator.reschedule(sale.id, inSeconds(100));
  await expect.poll(() => ana.page.evaluate(() => window.notified)).toEqual(['iPhone opens in 2 minutes']);
  await operator.reschedule(sale.id, 'now');
  await expect
    .poll(() => ana.page.evaluate(() => window.notified))
    .toEqual(['iPhone opens in 2 minutes', 'iPhone: the sale is open']);
});

test('if my browser shows no notifications, the page does not say that a reminder is set', async ({
  operator,
  shopper,
}) => {
  await operator.start({ startsAt: inSeconds(600) });
  const ana = await shopper();
  await ana.page.addInitScript(() => {
    Object.defineProperty(Notification, 'permission', { get: () => 'denied' });
  });
  await ana.open();
  const remind = ana.page.getByRole('button', { name: 'Remind me' });
  await remind.click();
  await expect(ana.page.getByText('No reminder is set:')).toBeVisible();
  await expect(remind).toHaveAttribute('aria-pressed', 'false');
  await ana.page.reload();
  await expect(remind).toHaveAttribute('aria-pressed', 'false');
  await expect(ana.page.getByText('No reminder is set:')).toBeHidden();
});

declare global {
  interface Window {
    notified?: string[];
  }
}
