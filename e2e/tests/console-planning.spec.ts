import { readFile } from 'node:fs/promises';
import { expect, test } from '../fixtures.ts';
import { expectAccessible } from '../support/accessible.ts';
import { inSeconds } from '../support/shop-api.ts';

test('I set up a sale: it is previewed across the change of the clocks, checked before, and replaces the one that runs', async ({
  operator,
  operatorConsole,
  shopper,
}) => {
  await operator.start({ quantity: 5 });
  const olga = await operatorConsole('olga', { timezoneId: 'Asia/Kolkata' });
  const ana = await shopper({ timezoneId: 'Asia/Kolkata' });
  await Promise.all([olga.open('setup'), ana.open()]);
  await expect(olga.page.getByText('Ready to sell', { exact: true })).toBeVisible();
  const checks = olga.page.getByTestId('preflight').getByRole('listitem');
  await expect(checks.first()).toBeHidden();
  await olga.page.getByText('Details', { exact: true }).click();
  await expect(checks.first()).toBeVisible();
  await olga.page.getByLabel('Product').fill('Tin bear');
  await olga.page.getByLabel('Price').fill('1.299,90');
  await olga.page.getByLabel('Currency').selectOption('EUR');
  await olga.page.getByLabel('Units', { exact: true }).fill('70');
  await olga.page.getByLabel('Units per customer').fill('2');
  await olga.page.getByLabel('Time zone').selectOption('Europe/Berlin');
  const opening = olga.page.getByLabel('Opening', { exact: true });
  const preview = olga.page.getByTestId('preview');
  await expect(olga.page.getByText('70 × Tin bear at €1,299.90')).toBeVisible();
  await opening.fill('2098-03-30T02:30');
  await expect(olga.page.getByText('This time does not exist in Europe/Berlin')).toBeVisible();
  await opening.fill('2098-10-26T02:30');
  await expect(olga.page.getByText('This time occurs twice, because the clocks go back.')).toBeVisible();
  await expect(preview).toContainText('26 October 2098 at 06:00');
  await olga.page.getByLabel('Second occurrence').check();
  await expect(preview).toContainText('26 October 2098 at 07:00');
  await expect(preview).toContainText('Central European Standard Time, GMT+01:00');
  await expect(preview).toContainText(/Clocks in Europe\/Berlin go (forward|back) by 1 hour/);

  await olga.page.getByRole('button', { name: 'Publish sale' }).click();
  const dialog = olga.page.getByRole('dialog', { name: 'New sale' });
  await dialog.getByRole('button', { name: 'Start' }).click();
  await expect(dialog.getByText('Type end exactly as shown.')).toBeVisible();
  await ana.expectState('live');
  await dialog.getByLabel('Type end to confirm').fill('end');
  await dialog.getByRole('button', { name: 'Start' }).click();
  await ana.expectState('scheduled');
  await expect(ana.page.getByRole('heading', { name: 'Tin bear' })).toBeVisible();
  await expect(ana.page.getByRole('main')).toContainText('€1,299.90');
  await expect(ana.page.locator('main time').first()).toHaveAttribute('datetime', '2098-10-26T01:30:00.000Z');
  await expect(olga.page.getByRole('region', { name: 'Current sale' })).toContainText('Tin bear');
});

test('I plan two sales while one runs: my colleague sees both, drops one, and puts the other on the page', async ({
  operator,
  operatorConsole,
  shopper,
}) => {
  await operator.start({ quantity: 5 });
  const olga = await operatorConsole('olga', { timezoneId: 'Asia/Kolkata' });
  const pia = await operatorConsole('pia', { node: 1, timezoneId: 'Asia/Kolkata' });
  const ana = await shopper();
  await Promise.all([olga.open('setup'), pia.open('setup'), ana.open()]);
  const plan = async (name: string, opening: string) => {
    await olga.page.getByLabel('Product').fill(name);
    await olga.page.getByLabel('Opening', { exact: true }).fill(opening);
    await olga.page.getByRole('button', { name: 'Schedule sale' }).click();
    await expect(olga.plans.filter({ hasText: name })).toHaveCount(1);
  };
  await olga.page.getByRole('radio', { name: /^Schedule for later/ }).check();
  await plan('Paper kite', '2098-03-02T10:00');
  await expect(olga.page.getByText('The sale is planned.')).toBeFocused();
  await plan('Tin bear', '2098-03-01T10:00');
  // What was said of the last plan does not stand above the error of the next.
  await expect(olga.page.getByText('The sale is planned.')).toBeVisible();
  await olga.page.getByLabel('Units', { exact: true }).fill('none');
  await olga.page.getByRole('button', { name: 'Schedule sale' }).click();
  await expect(olga.page.getByLabel('Units', { exact: true })).toHaveAttribute('aria-invalid', 'true');
  await expect(olga.page.getByText('The sale is planned.')).toHaveCount(0);
  for (const each of [olga, pia]) {
    await expect(each.plans).toHaveText([/Tin bear.*planned by olga/s, /Paper kite.*planned by olga/s]);
  }
  await ana.expectState('live');
  await expectAccessible(olga.page, 'planned sales');

  await pia.page.getByRole('button', { name: 'Delete plan Paper kite' }).click();
  const drop = pia.page.getByRole('dialog', { name: 'Delete plan' });
  await pia.page.keyboard.press('Escape');
  await expect(pia.plans).toHaveCount(2);
  const olgaDrops = await olga.begin('Delete plan Paper kite', 'Delete plan');
  await pia.page.getByRole('button', { name: 'Delete plan Paper kite' }).click();
  await drop.getByRole('button', { name: 'Delete plan' }).click();
  await expect(pia.page.getByText('The plan is deleted.')).toBeFocused();
  await expect(olga.plans).toHaveText([/Tin bear/]);
  // The slower operator learns that the plan is already deleted.
  await olgaDrops.getByRole('button', { name: 'Delete plan' }).click();
  await expect(olgaDrops.getByRole('alert')).toContainText('Sale or order not found');
  await olga.page.keyboard.press('Escape');

  const show = await pia.begin('Publish Tin bear', 'Publish');
  await operator.pause((await operator.onShow()).id, 'We are counting the boxes.');
  await show.getByLabel('Type end to confirm').fill('End');
  await show.getByRole('button', { name: 'Publish' }).click();
  await expect(show.getByTestId('conflict')).toContainText('We are counting the boxes.');
  await show.getByRole('button', { name: 'Apply to the current version' }).click();
  await ana.expectState('scheduled');
  await expect(ana.page.getByRole('heading', { name: 'Tin bear' })).toBeVisible();
  await expect(olga.plans).toHaveCount(0);
  await expect(pia.log.first()).toHaveText(/pia.*created the sale/s);
});

test('I rehearse: my colleague sees it go and cannot begin another, and both read that every promise held', async ({
  operator,
  operatorConsole,
}) => {
  // It gives way to the shop: on a machine with more to do than it can, it takes long to begin.
  test.slow();
  const sale = await operator.start({ startsAt: inSeconds(7 * 24 * 3600) });
  const olga = await operatorConsole('olga');
  const pia = await operatorConsole('pia', { node: 1 });
  await Promise.all([olga.open('setup'), pia.open('setup')]);
  const dialog = await olga.begin('Start rehearsal', 'Dress rehearsal');
  await dialog.getByLabel('Shoppers').fill('9');
  await dialog.getByRole('button', { name: 'Start rehearsal' }).click();
  await expect(dialog.getByText('Enter a whole number from 10 to 5,000.')).toBeVisible();
  await dialog.getByLabel('Shoppers').fill('30');
  await dialog.getByLabel('Units').fill('20');
  await dialog.getByLabel('Seconds of buying').fill('2');
  await dialog.getByRole('button', { name: 'Start rehearsal' }).click();
  await expect(dialog).toBeHidden();
  const entries = (each: typeof olga) => each.page.locator('[data-rehearsal]');
  await expect(olga.page.getByRole('log')).toContainText('20 units, 30 shoppers over 2 s', {
    timeout: 150_000,
  });
  await expect(pia.page.getByText('Only one rehearsal can run at a time.')).toBeVisible();
  await expect(pia.page.getByRole('button', { name: 'Start rehearsal' })).toHaveAttribute(
    'aria-disabled',
    'true',
  );
  await expect(olga.page.getByRole('log')).toContainText('Redis killed: down for', { timeout: 150_000 });

  for (const each of [olga, pia]) {
    await expect(entries(each)).toContainText('All promises kept', { timeout: 150_000 });
    await expect(entries(each)).toContainText('30 shoppers for 20 units');
  }
  await pia.page.getByRole('button', { name: /^Certificate / }).click();
  const certificate = pia.page.getByRole('dialog', { name: 'Certificate' });
  await expect(certificate.getByTestId('certificate')).toHaveAttribute('data-holds', 'true');
  for (const fault of [
    'Redis killed',
    'the database killed',
    'a node killed',
    'a node drained and started',
  ]) {
    await expect(certificate.getByRole('rowheader', { name: fault })).toBeVisible();
  }
  await expectAccessible(pia.page, 'the certificate');
  const download = pia.page.waitForEvent('download');
  await certificate.getByRole('button', { name: 'Download as text' }).click();
  const file = await download;
  expect(file.suggestedFilename()).toMatch(/^rehearsal-\d+\.txt$/);
  expect(await readFile(await file.path(), 'utf8')).toContain('EVERY PROMISE HELD');
  // The sale on the page has not noticed.
  expect(await operator.onShow()).toMatchObject({ id: sale.id, version: 1, remaining: 5 });
  await olga.goTo('Control');
  await expect(olga.log.first()).toHaveText(/olga.*started a dress rehearsal.*Shoppers 30/s);
});
