import type { Locator } from '@playwright/test';
import { expect, test } from '../fixtures.ts';
import { expectAccessible } from '../support/accessible.ts';
import type { Shopper } from '../support/shopper.ts';

const leftOf = (shopper: Shopper, sku: string): Locator => shopper.page.getByTestId(`left-${sku}`);
const choiceOf = (shopper: Shopper, name: RegExp): Locator => shopper.page.getByRole('radio', { name });

test('I sell seats of two categories: one is sold out while the other sells, and a restock brings it back', async ({
  operator,
  operatorConsole,
  shopper,
  browser,
}) => {
  // Accessibility is looked at four times on the way.
  test.slow();
  await operator.start({ quantity: 5 });
  const olga = await operatorConsole('olga');
  const { page } = olga;
  const [ana, ben, wall] = [await shopper(), await shopper(), await shopper({ token: null })];
  await olga.open('setup');
  await Promise.all([ana.open(), ben.open(), wall.open('/board')]);

  // The form: a sale at EUR 89.90, of which one category costs more.
  await page.getByLabel('Product').fill('Concert');
  await page.getByLabel('Price').fill('89.90');
  await page.getByLabel('Currency').selectOption('EUR');
  await page.getByRole('button', { name: 'Add variants' }).click();
  const [hall, balcony] = [1, 2].map((number) => page.getByRole('group', { name: `Variant ${number}` }));
  if (hall === undefined || balcony === undefined) throw new Error('two variants');
  await expect(hall.getByLabel('Name')).toBeFocused();
  await hall.getByLabel('Name').fill('Balcony');
  await page.getByRole('button', { name: 'Publish sale' }).click();
  await expect(page.getByText('Enter a name of 1 to 60 characters.')).toHaveCount(1);
  await balcony.getByLabel('Name').fill('Hall');
  await expect(hall.getByLabel('SKU')).toHaveValue('balcony');
  await hall.getByLabel('Price').fill('129.50');
  await hall.getByLabel('Units').fill('3');
  await balcony.getByLabel('Units').fill('1');
  await expect(page.getByTestId('variants-total')).toHaveText('4');
  await hall.getByRole('button', { name: 'Move down' }).press('Enter');
  await expect(hall.getByLabel('Name')).toHaveValue('Hall');
  await expectAccessible(page, 'the form of variants');
  await page.getByLabel('Immediately').check();
  await page.getByRole('button', { name: 'Open sale now' }).click();
  const dialog = page.getByRole('dialog', { name: 'New sale' });
  await expect(dialog).toContainText('1 at €89.90');
  await expect(dialog).toContainText('3 at €129.50');
  await dialog.getByLabel('Type end to confirm').fill('end');
  await dialog.getByRole('button', { name: 'Start' }).click();

  // Nothing is chosen for a shopper.
  await expect(ana.page.getByText('from €89.90')).toBeVisible();
  await expect(ana.page.getByRole('button', { name: 'Choose an option' })).toHaveAttribute(
    'aria-disabled',
    'true',
  );
  await choiceOf(ana, /^Hall/).check();
  await expect(ana.page.getByRole('button', { name: 'Buy Hall for €89.90' })).toBeEnabled();
  await ana.page.keyboard.press('ArrowDown');
  await expect(choiceOf(ana, /^Balcony/)).toBeChecked();
  await ana.page.reload();
  await expect(choiceOf(ana, /^Balcony/)).toBeChecked();
  await choiceOf(ana, /^Hall/).check();
  await choiceOf(ben, /^Hall/).check();
  await ana.page.getByRole('button', { name: 'Buy Hall for €89.90' }).click();
  await ana.expectState('confirmed');
  await expect(ana.order).toContainText('Hall');
  await expect(ana.order).toContainText('€89.90');

  // One is sold out, the sale goes on.
  for (const each of [ben, wall]) await expect(leftOf(each, 'hall')).toHaveText('Sold out');
  await ben.expectState('live');
  await expect(ben.page.getByText('Hall is sold out.').first()).toBeVisible();
  await expect(ben.page.getByRole('button', { name: 'Hall is sold out' })).toBeVisible();
  await expectAccessible(ben.page, 'a variant that is sold out');
  await expectAccessible(wall.page, 'variants on the board');
  const still = await (await browser.newContext({ javaScriptEnabled: false })).newPage();
  await still.goto(olga.url);
  await expect(still.getByRole('radio', { name: /^Balcony.*€129.50/ })).toBeVisible();
  await still.context().close();

  // The restock of that one wakes it.
  await olga.goTo('Control');
  await expect(page.getByTestId('variant-stock')).toContainText('0 of 1 left');
  const restock = await olga.begin('Restock');
  await restock.getByLabel('Units to add').fill('2');
  await restock.getByRole('button', { name: 'Restock' }).click();
  await expect(restock.getByText('Choose which variant gets the units.')).toBeVisible();
  await restock.getByLabel('Variant').selectOption('hall');
  await restock.getByRole('button', { name: 'Restock' }).click();
  await expect(leftOf(ben, 'hall')).toHaveAttribute('value', '2');
  await ben.page.getByRole('button', { name: 'Buy Hall for €89.90' }).click();
  await ben.expectState('confirmed');
  const { id } = await operator.onShow();
  const cyd = await shopper();
  await cyd.open();
  await choiceOf(cyd, /^Balcony/).check();
  await cyd.page.getByRole('button', { name: 'Buy Balcony for €129.50' }).click();
  await cyd.expectState('confirmed');
  expect((await operator.orders(id)).map(({ variant }) => variant).toSorted()).toEqual([
    'balcony',
    'hall',
    'hall',
  ]);

  await olga.goTo('Results');
  const results = page.getByTestId('variant-results').getByRole('row');
  await expect(results.filter({ hasText: 'Hall' })).toContainText('2 / 3');
  await expect(results.filter({ hasText: 'Hall' })).toContainText('€179.80');
  await expect(results.filter({ hasText: 'Balcony' })).toContainText('1 / 3');
  await expectAccessible(page, 'results of variants');
});
