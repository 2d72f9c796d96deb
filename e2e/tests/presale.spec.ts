import { readFile } from 'node:fs/promises';
import { expect, test } from '../fixtures.ts';
import { expectAccessible } from '../support/accessible.ts';

test('I open a presale and download codes; a shopper redeems one and buys, and another has none', async ({
  operator,
  operatorConsole,
  shopper,
}) => {
  const sale = await operator.start({ quantity: 3 });
  const olga = await operatorConsole('olga', { viewport: { width: 1280, height: 900 } });
  await olga.open('control');
  await olga.page.getByRole('button', { name: 'Change who may buy' }).click();
  const form = olga.page.getByRole('dialog', { name: 'Change who may buy' });
  await form.getByLabel('Who may buy').selectOption('Only with an access code');
  await expectAccessible(olga.page, 'the presale of a sale on the page');
  await form.getByRole('button', { name: 'Change who may buy' }).click();
  await expect(olga.page.getByText('Who may buy is changed.')).toBeVisible();
  await olga.open('after');
  const row = olga.page.getByTestId('sales').getByRole('row', { name: sale.id });
  await row.getByRole('button', { name: 'Access codes' }).click();
  const dialog = olga.page.getByRole('dialog', { name: 'Access codes' });
  await dialog.getByLabel('Number of codes').fill('2');
  const download = olga.page.waitForEvent('download');
  await dialog.getByRole('button', { name: 'Generate and download' }).click();
  const text = await readFile(await (await download).path(), 'utf8');
  const [, code = '', spare = ''] = text.split('\r\n');
  await expect(dialog.getByRole('status')).toHaveText('2 codes were generated and downloaded.');
  await dialog.getByLabel('Code to revoke').fill(spare);
  await dialog.getByRole('button', { name: 'Revoke' }).click();
  await expect(dialog.getByRole('status')).toHaveText('The code is revoked.');
  await expectAccessible(olga.page, 'access codes');

  const [ana, ben] = [await shopper(), await shopper()];
  for (const each of [ana, ben]) {
    await each.open();
    await expect(each.page.getByRole('region', { name: 'Presale' })).toBeVisible();
  }
  await ben.page.getByRole('button', { name: /^Buy/ }).click();
  const access = ben.page.getByTestId('access');
  await expect(access.getByRole('alert')).toContainText('You need an access code to buy now.');
  await access.getByLabel('Access code').fill(spare);
  await access.getByRole('button', { name: 'Redeem' }).click();
  await expect(access.getByRole('alert')).toContainText('This code cannot be used.');
  await expectAccessible(ben.page, 'a refused code');

  await ana.page.getByTestId('access').getByLabel('Access code').fill(code.toLowerCase());
  await ana.page.getByTestId('access').getByRole('button', { name: 'Redeem' }).click();
  await expect(ana.page.getByTestId('access').getByRole('status')).toContainText('Your code is accepted.');
  await expect(ana.page.getByTestId('access').getByRole('status')).toBeFocused();
  await ana.page.reload();
  await expect(ana.page.getByTestId('access').getByRole('status')).toContainText('Your code is accepted.');
  await ana.page.getByRole('button', { name: /^Buy/ }).click();
  await ana.expectState('confirmed');
});

test('I import a code for each of two categories; a shopper with the wrong one redeems another', async ({
  operator,
  operatorConsole,
  shopper,
}) => {
  const variants = [
    { sku: 'hall', name: 'Hall', quantity: 2 },
    { sku: 'balcony', name: 'Balcony', quantity: 2 },
  ];
  const sale = await operator.start({ quantity: 4, variants, presale: { codesUntil: null } });
  const olga = await operatorConsole('olga', { viewport: { width: 1280, height: 900 } });
  await olga.open('after');
  const row = olga.page.getByTestId('sales').getByRole('row', { name: sale.id });
  await row.getByRole('button', { name: 'Access codes' }).click();
  const dialog = olga.page.getByRole('dialog', { name: 'Access codes' });
  const file = 'code,variant\r\nHALL-0001,hall\r\nBALCONY-1,balcony\r\nSTAGE-001,stage\r\n';
  await dialog
    .getByLabel('Import a file')
    .setInputFiles({ name: 'codes.csv', mimeType: 'text/csv', buffer: Buffer.from(file) });
  await expect(dialog.getByRole('status')).toHaveText(
    '2 imported, 0 duplicates, 1 invalid. Not imported: lines 4.',
  );

  const ana = await shopper();
  await ana.open();
  const access = ana.page.getByTestId('access');
  const redeem = async (code: string) => {
    await access.getByLabel('Access code').fill(code);
    await access.getByRole('button', { name: 'Redeem' }).click();
    await expect(access.getByRole('status')).toContainText('Your code is accepted.');
  };
  await redeem('hall 0001');
  await ana.page.getByRole('radio', { name: /^Balcony/ }).check();
  await ana.page.getByRole('button', { name: /^Buy Balcony/ }).click();
  await expect(access.getByRole('alert')).toHaveText(
    'Your code is for another option. Choose that one, or enter another code.',
  );
  await redeem('balcony 1');
  await expect(access.getByRole('alert')).toBeHidden();
  await ana.page.getByRole('button', { name: /^Buy Balcony/ }).click();
  await ana.expectState('confirmed');
});
