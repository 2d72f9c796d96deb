import { readFile } from 'node:fs/promises';
import { expect, test } from '../fixtures.ts';

test('the receipt that I download is my order and the shop’s signature, and the shop knows it again', async ({
  shop,
  operator,
  shopper,
}) => {
  const sale = await operator.start({ quantity: 5, price: 999 });
  const ana = await shopper();
  await ana.open();
  await ana.buy.click();
  await ana.expectState('confirmed');
  const saving = ana.page.waitForEvent('download');
  await ana.order.getByRole('button', { name: 'Download receipt' }).click();
  const download = await saving;
  expect(download.suggestedFilename()).toMatch(/^flipzon-receipt-.+\.json$/);
  const { order, receipt } = JSON.parse(await readFile(await download.path(), 'utf8'));
  expect(order).toMatchObject({
    saleId: sale.id,
    customerId: ana.customerId,
    unit: 1,
    price: 999,
    status: 'confirmed',
  });
  const answer = await fetch(`${shop.nodes[1].url}/receipts`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${await shop.token(ana.customerId)}`,
      'content-type': 'application/json',
    },
    body: JSON.stringify({ receipts: [receipt] }),
  });
  expect(await answer.json()).toMatchObject({ orders: [order], totalPurchases: 1 });
  await ana.order.getByText('Signed receipt').click();
  await expect(ana.order.getByText(receipt)).toBeVisible();
});

test('my orders show what I bought in every sale, and how many that is in all', async ({
  operator,
  shopper,
}) => {
  const ana = await shopper();
  for (const price of [999, 1299]) {
    await operator.start({ quantity: 5, price });
    await ana.open();
    await ana.buy.click();
    await ana.expectState('confirmed');
  }
  await ana.page.getByRole('button', { name: 'My orders' }).click();
  const dialog = ana.page.getByRole('dialog', { name: 'My orders' });
  await expect(dialog).toContainText('2 purchases in total');
  const rows = dialog.getByRole('listitem');
  await expect(rows).toHaveCount(2);
  await expect(rows.filter({ hasText: 'US$999' })).toContainText('Confirmed');
  await expect(rows.filter({ hasText: 'US$1,299' })).toContainText('Confirmed');
  await ana.page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
});

test('the operator’s totals are what shoppers got', async ({ operator, shoppers, crowd }) => {
  const sale = await operator.start({ quantity: 5 });
  const browsers = await shoppers(2);
  for (const browser of browsers) {
    await browser.open();
    await browser.buy.click();
    await browser.expectState('confirmed');
  }
  const answers = await Promise.all((await crowd(6)).map((member) => member.buy()));
  const won = answers.flatMap((answer) => (answer.ok ? [answer.order.id] : []));
  expect(answers.filter((answer) => !answer.ok && answer.code === 'sold_out')).toHaveLength(3);
  // The page shows the number of an order, the socket its id.
  const numbers: string[] = [];
  for (const browser of browsers) {
    numbers.push((await browser.order.getByText(/^FZ(-[0-9A-Z]{4}){3}$/).textContent()) ?? '');
  }
  const shown = ({ id, number = '' }: { id: string; number?: string | undefined }) =>
    numbers.includes(number) ? number : id;
  await expect
    .poll(async () => (await operator.orders(sale.id)).map(shown).sort())
    .toEqual([...won, ...numbers].sort());
  await expect
    .poll(() => operator.audit(sale.id))
    .toMatchObject({ clean: true, quantity: 5, orders: 5, remaining: 0, outbox: 0 });
});
