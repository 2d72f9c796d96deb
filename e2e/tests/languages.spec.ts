import { expect, test } from '../fixtures.ts';
import { outlineShare, roomBelowCount } from '../support/figures.ts';
import { inSeconds } from '../support/shop-api.ts';
import type { Shopper } from '../support/shopper.ts';

const opening = { startsAt: '2099-12-31T18:30:00.000Z', quantity: 100_000, price: 1299 };

/** The shop brings the letters: a device without a font for them would show boxes. */
async function expectFont({ page }: Shopper, family: string): Promise<void> {
  await expect
    .poll(() =>
      page.evaluate(
        (name) => [...document.fonts].some((font) => font.family.includes(name) && font.status === 'loaded'),
        family,
      ),
    )
    .toBe(true);
}

test('in German, on a German device', async ({ operator, shopper }) => {
  await operator.start(opening);
  const ana = await shopper({ locale: 'de-DE', timezoneId: 'Europe/Berlin' });
  await ana.open();
  await expect(ana.page.locator('html')).toHaveAttribute('lang', 'de');
  await expect(ana.page.locator('main time').first()).toHaveText(
    /^Donnerstag, 31\.\sDezember 2099 um 19:30( Uhr)?$/,
  );
  await expect(ana.page.getByText(/^100\.000 Stück zu je 1\.299\s\$$/)).toBeVisible();
  await expect(ana.page.getByRole('button', { name: /^Für 1\.299\s\$ kaufen$/ })).toBeDisabled();
  await expect(ana.page.getByRole('timer')).toContainText(/Tage/);
});

test('in Hindi, on an Indian device', async ({ operator, shopper }) => {
  await operator.start(opening);
  const ana = await shopper({ locale: 'hi-IN', timezoneId: 'Asia/Kolkata' });
  await ana.open();
  await expect(ana.page.locator('html')).toHaveAttribute('lang', 'hi');
  await expect(ana.page.locator('main time').first()).toContainText('जनवरी 2100');
  // Lakhs, as they are grouped in India.
  await expect(ana.page.getByText(/^1,00,000 यूनिट, हर एक \$1,299$/)).toBeVisible();
  await expect(ana.page.getByRole('button', { name: /^\$1,299 में ख़रीदें$/ })).toBeDisabled();
  await expectFont(ana, 'Noto Sans Devanagari');
});

test('in Arabic, from right to left and in its own digits, I buy', async ({ operator, shopper }) => {
  await operator.start({ quantity: 1000 });
  const ana = await shopper({
    locale: 'ar-EG',
    timezoneId: 'Africa/Cairo',
    viewport: { width: 390, height: 844 },
  });
  await ana.open();
  const html = ana.page.locator('html');
  await expect(html).toHaveAttribute('lang', 'ar');
  await expect(html).toHaveAttribute('dir', 'rtl');
  await expect(ana.page.getByTestId('remaining')).toHaveText('١٬٠٠٠');
  await expectFont(ana, 'Vazirmatn');
  const logo = await ana.page.getByRole('link', { name: 'Flipzon' }).boundingBox();
  expect(logo?.x ?? 0).toBeGreaterThan(195);
  const width = await ana.page.evaluate(() => document.documentElement.scrollWidth);
  expect(width).toBe(390);
  await ana.page.locator('[data-buy]').click();
  await ana.expectState('confirmed');
  await expect(ana.page.locator('main h2')).toContainText('١');
});

test('in every language the count is readable at its size, and its separators stay above the line below', async ({
  operator,
  shopper,
}) => {
  await operator.start({ quantity: 1000 });
  for (const locale of ['en-GB', 'de-DE', 'hi-IN', 'ar-EG', 'ar-AE']) {
    const ana = await shopper({ locale, token: null });
    for (const [path, width, height] of [
      ['/', 390, 844],
      ['/board', 1280, 800],
    ] as const) {
      await ana.page.setViewportSize({ width, height });
      await ana.open(path);
      await ana.expectRemaining(1000);
      const number = new Intl.NumberFormat(locale).format(1000);
      await expect(ana.page.getByTestId('remaining')).toHaveText(number);
      // A zero is a ring or a disk, whatever the digits: at this size a diamond is none.
      const zero = new Intl.NumberFormat(locale).format(0);
      expect(await outlineShare(ana.page, zero), `${zero} in ${locale}`).toBeGreaterThan(0.6);
      await expect.poll(() => roomBelowCount(ana.page), `${locale} ${path}`).toBeGreaterThanOrEqual(0);
    }
  }
});

test('on the board the letters of the days stay above the hours', async ({ operator, shopper }) => {
  await operator.start({ startsAt: inSeconds(5 * 24 * 3600 + 4000) });
  for (const locale of ['en-GB', 'de-DE', 'hi-IN', 'ar-EG']) {
    const wall = await shopper({ locale, token: null, viewport: { width: 1280, height: 800 } });
    await wall.open('/board');
    await expect(wall.page.locator('.board-words')).toBeVisible();
    await wall.page.evaluate(() => document.fonts.ready);
    await expect.poll(() => roomBelowCount(wall.page), locale).toBeGreaterThanOrEqual(0);
  }
});

test('another language applies at once, and after a reload', async ({ operator, shopper }) => {
  await operator.start({ quantity: 5 });
  const ana = await shopper();
  await ana.open();
  await ana.page.getByLabel('Language').selectOption('de');
  await expect(ana.page.getByRole('button', { name: /kaufen$/ })).toBeEnabled();
  await ana.page.reload();
  await expect(ana.page.getByRole('button', { name: /kaufen$/ })).toBeEnabled();
  await expect(ana.page.locator('html')).toHaveAttribute('lang', 'de');
});

/** 31 March 2097 and 27 October 2097 are the Sundays on which Berlin changes its clocks, at 01:00 UTC. */
for (const { when, before, after } of [
  {
    when: 'skip an hour',
    before: ['2097-03-31T00:30:00.000Z', /01:30.*(MEZ|GMT\+1)/],
    after: ['2097-03-31T01:30:00.000Z', /03:30.*(MESZ|GMT\+2)/],
  },
  {
    when: 'repeat an hour',
    before: ['2097-10-27T00:30:00.000Z', /02:30.*(MESZ|GMT\+2)/],
    after: ['2097-10-27T01:30:00.000Z', /02:30.*(MEZ|GMT\+1)/],
  },
] as const) {
  test(`on the day on which clocks ${when}, the opening and its zone are right, and an hour is an hour`, async ({
    operator,
    shopper,
  }) => {
    const sale = await operator.start({ startsAt: before[0] });
    const ana = await shopper({ locale: 'de-DE', timezoneId: 'Europe/Berlin' });
    await ana.open();
    const secondsLeft = async () => {
      const iso = (await ana.page.getByRole('timer').getAttribute('datetime')) ?? '';
      const [, d, h, m, s] = (/^P(\d+)DT(\d+)H(\d+)M(\d+)S$/.exec(iso) ?? []).map(Number);
      return (d ?? Number.NaN) * 86_400 + (h ?? 0) * 3600 + (m ?? 0) * 60 + (s ?? 0);
    };
    await expect(ana.page.locator('main')).toContainText(before[1]);
    const left = await secondsLeft();
    await operator.reschedule(sale.id, after[0]);
    await expect(ana.page.locator('main')).toContainText(after[1]);
    const more = (await secondsLeft()) - left;
    expect(more).toBeGreaterThan(3600 - 60);
    expect(more).toBeLessThanOrEqual(3600);
  });
}
