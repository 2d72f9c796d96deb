import { noSettings } from '@flipzon/protocol/settings.ts';
import { photo } from '@flipzon/server/test-support/upload-image.ts';
import { expect, test } from '../fixtures.ts';
import { expectAccessible } from '../support/accessible.ts';
import { inSeconds, setSettings } from '../support/shop-api.ts';

// The other tests of this worker use the same shop.
test.afterEach(({ shop }) => setSettings(shop, noSettings));

test('an owner gives the shop a name, colours, a logo and legal links: the pages show them, also without JavaScript', async ({
  operator,
  operatorConsole,
  shopper,
  shop,
  browser,
}) => {
  const sale = await operator.start({
    quantity: 5,
    perCustomer: 2,
    startsAt: inSeconds(7_200),
    endsAt: inSeconds(90_000),
  });
  const anna = await operatorConsole('anna', { role: 'owner' });
  await anna.open('setup');
  const page = anna.page;
  await page.getByLabel('Name of the shop').fill('Nord Records');
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Choose a logo' }).press('Enter');
  const buffer = await photo(140, { width: 320, height: 160 });
  await (await chooser).setFiles({ name: 'logo.jpg', mimeType: 'image/jpeg', buffer });
  await expect(page.getByRole('img', { name: 'Logo' })).toBeVisible();
  await page.getByLabel('Custom colour for buttons').check();
  await page.getByLabel('Colour of buttons').fill('#777777');
  await expect(page.getByText('Text on this colour is hard to read in light mode')).toBeVisible();
  await page.getByRole('button', { name: 'Save settings' }).click();
  await expect(page.getByText('Text on these colours is hard to read. Choose others.')).toBeVisible();
  await page.getByLabel('Colour of buttons').fill('#0b5fa5');
  await page.getByLabel('Custom colour behind the product').check();
  await page.getByLabel('Colour behind the product', { exact: true }).fill('#cfe3f5');
  await page.getByLabel('Legal notice (URL)').fill('https://nord.example/imprint');
  await page.getByLabel('Terms and conditions (URL)').fill('https://nord.example/terms');
  await page.getByLabel('E-mail for shoppers').fill('hello@nord.example');
  await page.getByLabel('Delivery').fill('By parcel within three days.');
  await page.getByLabel('What happens after a purchase').fill('We write to you within an hour.');
  await page.getByRole('button', { name: 'Save settings' }).click();
  await expect(page.getByText('The settings are saved.')).toBeVisible();
  await expectAccessible(page, 'the settings of the shop');

  const ana = await shopper({ node: 1 });
  await ana.open();
  await ana.expectState('countdown');
  const shown = ana.page;
  await expect(shown).toHaveTitle(/Nord Records/);
  await expect(shown.getByRole('link', { name: 'Nord Records' })).toBeVisible();
  await expect(shown.getByText('2 units per customer')).toBeVisible();
  await expect(shown.getByText('By parcel within three days.')).toBeVisible();
  await expect(shown.getByRole('link', { name: 'Legal notice' })).toHaveAttribute(
    'href',
    'https://nord.example/imprint',
  );
  await expect(shown.getByRole('link', { name: 'Terms and conditions' })).toHaveCount(2);
  await expect(shown.getByRole('link', { name: 'hello@nord.example' })).toBeVisible();
  const accent = () =>
    shown.evaluate(() => getComputedStyle(document.documentElement).getPropertyValue('--accent'));
  expect(await accent()).toBe('#0b5fa5');
  await expectAccessible(shown, 'a shop with its own name and colours');
  await shown.getByLabel('Language').selectOption('de');
  await expect(shown.getByRole('link', { name: 'Impressum' })).toBeVisible();
  await expect(shown.getByText('2 Stück pro Kunde')).toBeVisible();

  for (const path of ['/board', '/order', '/bord']) {
    await ana.visit(path);
    await expect(shown.getByRole('link', { name: 'Impressum' }), path).toHaveAttribute(
      'href',
      'https://nord.example/imprint',
    );
    await expect(shown.getByText('Verkauft von'), path).toBeVisible();
  }
  await ana.visit('/');

  const context = await browser.newContext({ javaScriptEnabled: false });
  const still = await context.newPage();
  await still.goto(shop.nodes[0].url);
  await expect(still.getByText('iPhone').first()).toBeVisible();
  await expect(still.getByText('$999').first()).toBeVisible();
  await expect(still.locator(`time[datetime="${sale.startsAt}"]`).first()).toBeVisible();
  await expect(still.getByRole('link', { name: 'Legal notice' })).toBeVisible();
  // No locator looks into this element.
  expect(await still.content()).toMatch(/<noscript><p[^>]*>Buying needs JavaScript\./);
  await context.close();

  await shown.getByLabel('Sprache').selectOption('en');
  await operator.start({ quantity: 5 });
  await ana.expectState('live');
  await ana.buy.click();
  await ana.expectState('confirmed');
  await expect(shown.getByText('We write to you within an hour.')).toBeVisible();
});
