import { photo } from '@flipzon/server/test-support/upload-image.ts';
import type { Page } from '@playwright/test';
import { expect, test } from '../fixtures.ts';
import { expectAccessible } from '../support/accessible.ts';
import { expectToFit } from '../support/fits.ts';
import { inSeconds } from '../support/shop-api.ts';

const files = async () =>
  Promise.all(
    [200, 90].map(async (green, index) => ({
      name: `photo-${index}.jpg`,
      mimeType: 'image/jpeg',
      buffer: await photo(green, { width: 900, height: 600 }),
    })),
  );

/** By the keyboard, as the dialog of the browser opens. */
async function addImages(page: Page, added: Awaited<ReturnType<typeof files>>): Promise<void> {
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Add images' }).focus();
  await page.keyboard.press('Enter');
  await (await chooser).setFiles(added);
}

test('I publish a product with a description and two images: shoppers and the board see it, and nothing jumps', async ({
  operator,
  operatorConsole,
  shopper,
}) => {
  await operator.start({ quantity: 5 });
  const olga = await operatorConsole('olga');
  const ana = await shopper();
  const wall = await shopper({ token: null, viewport: { width: 1920, height: 1080 } });
  await Promise.all([olga.open('setup'), ana.open(), wall.open('/board')]);
  await olga.page.getByLabel('Product').fill('Stoneware teapot');
  await olga.page.getByLabel('Description').fill('Thrown by hand.\n\nHolds 0.9 litres.');
  await addImages(olga.page, await files());
  const images = olga.page.getByTestId('images').getByRole('listitem');
  await expect(images).toHaveCount(2);
  await olga.page.getByRole('button', { name: 'Publish sale' }).click();
  await expect(olga.page.getByText('Describe each image in 1 to 200 characters.')).toHaveCount(2);
  await olga.page.getByLabel('Alternative text 1').fill('The teapot from the side');
  await olga.page.getByLabel('Alternative text 2').fill('The teapot from above');
  await expectAccessible(olga.page, 'a form with images');
  await images.first().getByRole('button', { name: 'Move back' }).press('Enter');
  await expect(olga.page.getByLabel('Alternative text 1')).toHaveValue('The teapot from above');

  await olga.page.getByLabel('Immediately').check();
  await olga.page.getByRole('button', { name: 'Open sale now' }).click();
  const dialog = olga.page.getByRole('dialog', { name: 'New sale' });
  await dialog.getByLabel('Type end to confirm').fill('end');
  await dialog.getByRole('button', { name: 'Start' }).click();

  for (const page of [ana.page, wall.page]) {
    const picture = page.getByRole('img', { name: 'The teapot from above' });
    await expect(picture).toBeVisible();
    await expect
      .poll(() => picture.evaluate((image: HTMLImageElement) => image.complete && image.naturalWidth > 0))
      .toBe(true);
    expect(await picture.evaluate((image: HTMLImageElement) => image.currentSrc)).toMatch(/\.webp$/);
  }
  await expect(ana.page.getByText('Holds 0.9 litres.')).toBeVisible();
  await expect(ana.page.getByRole('img', { name: 'The teapot from the side' })).toHaveAttribute(
    'loading',
    'lazy',
  );
  await expectAccessible(ana.page, 'a product with images');
  await expectToFit(ana, 320, 640);
});

test('a visitor without scripts sees the product with its image and its description', async ({
  operator,
  operatorConsole,
  browser,
}) => {
  await operator.start({ quantity: 5, startsAt: inSeconds(3600) });
  const olga = await operatorConsole('olga');
  await olga.open('control');
  const dialog = await olga.begin('Edit product');
  await dialog.getByLabel('Description').fill('Thrown by hand.');
  await addImages(olga.page, (await files()).slice(0, 1));
  await dialog.getByLabel('Alternative text 1').fill('The teapot');
  await expectAccessible(olga.page, 'the form of a product');
  await dialog.getByRole('button', { name: 'Edit product' }).click();
  await expect(olga.page.getByText('The product is changed.')).toBeFocused();
  await expect(olga.log.first()).toContainText('edited the product');
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(olga.url);
  await expect(page.getByText('Thrown by hand.')).toBeVisible();
  const box = await page.getByRole('img', { name: 'The teapot' }).boundingBox();
  expect(box?.width ?? 0).toBeGreaterThan(100);
  await context.close();

  const sale = await operator.onShow();
  await operator.reschedule(sale.id, inSeconds(1));
  await expect(olga.page.getByRole('button', { name: /^Pause/ })).toBeVisible();
  await expect(olga.page.getByRole('button', { name: /^Edit product/ })).toHaveCount(0);
});

test('I save a draft, pass its preview on, schedule it, and duplicate a sale that was', async ({
  operator,
  operatorConsole,
  browser,
}) => {
  await operator.start({ quantity: 5 });
  const olga = await operatorConsole('olga');
  await olga.open('setup');
  await olga.page.getByRole('radio', { name: /^Save as draft/ }).check();
  await olga.page.getByLabel('Product').fill('Stoneware teapot');
  await olga.page.getByLabel('Price').fill('89.90');
  await olga.page.getByRole('button', { name: 'Save draft' }).click();
  await expect(olga.page.getByText('The draft is saved.')).toBeFocused();
  const draft = olga.page.getByTestId('drafts').getByRole('listitem');
  await expect(draft).toContainText('Stoneware teapot');
  await expectAccessible(olga.page, 'drafts');

  const address = await draft.getByRole('link', { name: 'Preview' }).getAttribute('href');
  const visitor = await (await browser.newContext()).newPage();
  await visitor.goto(`${olga.url}${address}`);
  await expect(visitor.getByRole('heading', { name: 'Stoneware teapot' })).toBeVisible();
  await expect(visitor.getByText('nothing can be bought here')).toBeVisible();
  await expect(visitor.getByRole('button', { name: /Buy/ })).toBeDisabled();
  await expectAccessible(visitor, 'a preview');
  await visitor.context().close();

  await draft.getByRole('button', { name: 'Edit' }).click();
  await expect(olga.page.getByLabel('Product')).toBeFocused();
  await expect(olga.page.getByLabel('Price')).toHaveValue('89.9');
  await olga.page.getByRole('radio', { name: /^Schedule for later/ }).check();
  await olga.page.getByRole('button', { name: 'Schedule sale' }).click();
  await expect(olga.plans.filter({ hasText: 'Stoneware teapot' })).toHaveCount(1);
  await expect(draft).toHaveCount(0);

  await olga.goTo('Results');
  await olga.page
    .getByRole('region', { name: /: iPhone$/ })
    .getByRole('button', { name: 'Duplicate' })
    .click();
  await expect(olga.page.getByLabel('Product')).toHaveValue('iPhone');
  await expect(olga.page.getByLabel('Units', { exact: true })).toHaveValue('5');
});

test('a file of more than 10 MB is refused in words, without being sent', async ({
  operator,
  operatorConsole,
}) => {
  await operator.start({ quantity: 5 });
  const olga = await operatorConsole('olga');
  await olga.open('setup');
  const sent: string[] = [];
  olga.page.on('request', (request) => sent.push(`${request.method()} ${new URL(request.url()).pathname}`));
  const file = { name: 'poster.jpg', mimeType: 'image/jpeg', buffer: Buffer.alloc(10 * 1024 * 1024 + 1) };
  await addImages(olga.page, [file]);
  await expect(olga.page.getByText('the file is larger than 10 MB')).toBeVisible();
  expect(sent).not.toContain('POST /images');
});
