import { readFile } from 'node:fs/promises';
import type { BuyAnswer, Order } from '@flipzon/protocol/schemas.ts';
import { expect, test } from '../fixtures.ts';
import { inSeconds } from '../support/shop-api.ts';

const orderOf = (answer: BuyAnswer): Order[] => (answer.ok ? [answer.order] : []);
const namesOf = (orders: readonly Order[]) =>
  orders.map(({ customerId, unit }) => `${customerId} ${unit}`).sort();

test('the console’s totals equal what 200 shoppers got, to the unit, with cancellations and a restock on the way', async ({
  operator,
  operatorConsole,
  crowd,
}) => {
  const sale = await operator.start({ quantity: 120 });
  const olga = await operatorConsole('olga');
  await olga.open('watch');
  await olga.expectInvariantStatus('good');
  await olga.expectStats({ remaining: 120, gone: 0, orders: 0 });
  const buyers = [...(await crowd(100)), ...(await crowd(100, { node: 1 }))];

  const first = (await Promise.all(buyers.slice(0, 100).map((buyer) => buyer.buy()))).flatMap(orderOf);
  expect(first).toHaveLength(100);
  await olga.expectStats({ remaining: 20, gone: 100, orders: 100 });
  await olga.goTo('Control');
  const cancelled = first.slice(0, 5);
  const restock = await olga.begin('Restock');
  await restock.getByLabel('Units to add').fill('30');
  // All at once: the other half buys while orders are cancelled and more units come.
  const [answers] = await Promise.all([
    Promise.all(buyers.slice(100).map((buyer) => buyer.buy())),
    ...cancelled.slice(1).map(({ id }) => operator.cancel(id)),
    restock.getByRole('button', { name: /^Restock/ }).click(),
  ]);
  await expect(olga.page.getByText('The new units are on sale.')).toBeVisible();

  await olga.goTo('Results');
  const found = olga.page.getByTestId('orders-table').getByRole('row');
  await olga.page.getByRole('searchbox').fill(cancelled[0]?.customerId ?? '');
  await olga.page.getByRole('button', { name: 'Search', exact: true }).click();
  await expect(found).toHaveCount(2);
  await found.getByRole('button', { name: `Cancel the order for unit ${cancelled[0]?.unit}` }).click();
  const cancel = olga.page.getByRole('dialog', { name: 'Cancel an order' });
  await cancel.getByLabel('Type cancel to confirm').fill('cancel');
  await cancel.getByRole('button', { name: 'Cancel an order' }).click();
  await expect(olga.page.getByRole('searchbox')).toBeFocused();
  await expect(found.getByText('Cancelled')).toBeVisible();

  const won = [...first, ...answers.flatMap(orderOf)];
  const lost = answers.filter((answer) => !answer.ok);
  expect(lost.every((answer) => !answer.ok && answer.code === 'sold_out')).toBe(true);
  const standing = won.filter((order) => !cancelled.includes(order));
  const remaining = 150 - standing.length;
  await olga.expectStats({ remaining, gone: standing.length, orders: standing.length });
  await olga.expectInvariantStatus('good');
  const row = olga.page.getByTestId('sales').getByRole('row', { name: sale.id });
  await expect(row).toContainText(`${standing.length} / 150`);
  await expect(row.getByRole('cell').nth(3)).toHaveText('5');

  const download = olga.page.waitForEvent('download');
  await olga.page.getByRole('button', { name: 'Download CSV' }).click();
  const [, ...lines] = (await readFile(await (await download).path(), 'utf8')).trim().split('\r\n');
  const cells = lines.map((line) => line.split(','));
  const written = cells.filter((cell) => cell[4] === 'confirmed').map((cell) => `${cell[2]} ${cell[1]}`);
  expect(written.sort()).toEqual(namesOf(standing));

  await olga.page.getByRole('button', { name: 'Run checks' }).click();
  await expect(olga.page.getByTestId('audit')).toHaveAttribute('data-clean', 'true');
  await olga.goTo('Live');
  const counted = (outcome: string) => olga.page.locator(`[data-outcome="${outcome}"]`);
  await expect(counted('claimed')).toHaveAttribute('value', String(won.length));
  if (lost.length > 0) await expect(counted('sold_out')).toHaveAttribute('value', String(lost.length));
});

test('two operators: the slower one sees what the other did, and continues from there', async ({
  operator,
  operatorConsole,
  shopper,
}) => {
  await operator.start({ quantity: 5 });
  const olga = await operatorConsole('olga');
  const pia = await operatorConsole('pia', { node: 1 });
  const ana = await shopper();
  await Promise.all([olga.open(), pia.open(), ana.open()]);
  const restock = await pia.begin('Restock');
  await restock.getByLabel('Units to add').fill('10');

  const pause = await olga.begin('Pause');
  await pause.getByLabel('Reason (public)').fill('We are counting the boxes.');
  await pause.getByRole('button', { name: 'Pause' }).click();
  await expect(olga.page.getByText('The sale is paused.')).toBeFocused();
  await ana.expectState('paused');
  await expect(ana.page.getByTestId('message')).toContainText('We are counting the boxes.');

  await restock.getByRole('button', { name: /^Restock/ }).click();
  const conflict = restock.getByTestId('conflict');
  await expect(conflict.getByRole('listitem')).toHaveText(/olga.*paused.*We are counting the boxes\./s);
  await expect(ana.page.getByText('left of 5')).toBeVisible();
  await restock.getByRole('button', { name: 'Apply to the current version' }).click();
  await expect(pia.page.getByText('The new units are on sale.')).toBeVisible();
  await expect(ana.page.getByText('left of 15')).toBeVisible();
  await ana.expectState('paused');
  for (const each of [olga, pia]) {
    await expect(each.log.first()).toHaveText(/pia.*restocked.*5 → 15/s);
    await expect(each.log.nth(1)).toHaveText(/olga.*paused/s);
    await expect(each.page.getByRole('region', { name: 'Current sale' })).toContainText('of 15');
  }
});

test('I open the sale by the keyboard alone, and every page opens', async ({
  operator,
  operatorConsole,
  shopper,
}) => {
  await operator.start({ startsAt: inSeconds(3600) });
  const olga = await operatorConsole('olga');
  const ana = await shopper({ node: 1 });
  await Promise.all([olga.open(), ana.open()]);
  await ana.expectState('countdown');
  const openNow = olga.page.getByRole('button', { name: /^Open now/ });
  await expect(openNow).toBeVisible();
  const isFocused = () => openNow.evaluate((button) => button === document.activeElement);
  for (let presses = 0; presses < 30 && !(await isFocused()); presses++)
    await olga.page.keyboard.press('Tab');
  await expect(openNow).toBeFocused();
  await expect(openNow).toHaveCSS('outline-style', 'solid');
  await olga.page.keyboard.press('Enter');
  await expect(olga.page.getByRole('dialog', { name: 'Open now' })).toBeVisible();
  // Close comes first, then the step itself.
  await olga.page.keyboard.press('Tab');
  await olga.page.keyboard.press('Enter');
  await expect(olga.page.getByText('The sale is open.')).toBeFocused();
  await ana.expectState('live');
});

test('a step that can’t be undone is confirmed by typing, and Escape cancels it', async ({
  operator,
  operatorConsole,
  shopper,
}) => {
  await operator.start({ quantity: 5 });
  const olga = await operatorConsole('olga');
  const ana = await shopper();
  await Promise.all([olga.open(), ana.open()]);
  const end = await olga.begin('End');
  await expect(end.getByTestId('after-end')).toHaveText(
    /ends \S*iPhone.*No planned sale follows automatically\./,
  );
  await end.getByRole('button', { name: 'End', exact: true }).click();
  await expect(end.getByText('Type end exactly as shown.')).toBeVisible();
  await olga.page.keyboard.press('Escape');
  await expect(end).toBeHidden();
  await ana.expectState('live');
  await olga.begin('End');
  await end.getByLabel('Type end to confirm').fill('end');
  await end.getByLabel('Reason').fill('The shop closes.');
  await end.getByRole('button', { name: 'End', exact: true }).click();
  await ana.expectState('ended');
  await expect(ana.page.getByTestId('message')).toContainText('The shop closes.');
  await expect(olga.log.first()).toHaveText(/olga.*ended the sale.*The shop closes\./s);
});

test('I block a customer: they cannot buy until I unblock them, and the activity shows both', async ({
  operator,
  operatorConsole,
  shop,
}) => {
  await operator.start({ quantity: 5 });
  const olga = await operatorConsole('olga');
  await olga.open();
  const buyAsAna = async () => {
    const headers = { authorization: `Bearer ${await shop.token('ana')}` };
    return (await fetch(`${shop.nodes[0]?.url}/buy`, { method: 'POST', headers })).status;
  };
  const customers = olga.page.getByRole('region', { name: 'Block a customer' });
  await customers.getByRole('button', { name: 'Block', exact: true }).click();
  await expect(customers.getByText('Enter the customer ID, as shown in the list of orders.')).toBeVisible();
  await customers.getByLabel('Customer').fill('ana');
  await customers.getByLabel('Reason (for the activity log)').fill('Bought to resell');
  await customers.getByRole('button', { name: 'Block', exact: true }).click();
  await expect(customers.getByRole('status')).toHaveText('ana is blocked.');
  await expect(olga.log.first()).toHaveText(/olga.*blocked a customer.*no → yes.*ana.*Bought to resell/s);
  expect(await buyAsAna()).toBe(403);
  await customers.getByRole('button', { name: 'Unblock' }).click();
  await expect(customers.getByRole('status')).toHaveText('ana can buy again.');
  expect(await buyAsAna()).toBe(201);
});

test('a user who is not an operator learns it, and gets nothing to press', async ({
  operator,
  operatorConsole,
}) => {
  await operator.start({ quantity: 5 });
  const ana = await operatorConsole('ana', { role: 'customer' });
  await ana.page.goto(`${ana.url}/console`);
  await expect(ana.page.getByText('ana is not an operator of this shop.')).toBeVisible();
  await expect(ana.page.getByRole('main').getByRole('button')).toHaveText(['Sign in']);
  await ana.page.getByLabel('Operator ID').fill('rosa');
  await ana.page.getByRole('button', { name: 'Sign in' }).click();
  await expect(ana.page.getByRole('button', { name: /^Pause/ })).toBeVisible();
});
