import { readFile } from 'node:fs/promises';
import type { BuyAnswer, Order } from '@flipzon/protocol/schemas.ts';
import { expect, test } from '../fixtures.ts';
import { expectAccessible } from '../support/accessible.ts';
import { inSeconds } from '../support/shop-api.ts';

const orderOf = (answer: BuyAnswer): Order[] => (answer.ok ? [answer.order] : []);
const namesOf = (orders: readonly Order[]) =>
  orders.map(({ customerId, unit }) => `${customerId} ${unit}`).sort();

test('the console’s totals equal what 200 shoppers got, to the unit, with cancellations and a restock on the way', async ({
  operator,
  desk,
  crowd,
}) => {
  const sale = await operator.start({ quantity: 120 });
  const olga = await desk('olga');
  await olga.open('watch');
  await olga.expectLight('good');
  await olga.expectFigures({ remaining: 120, gone: 0, orders: 0 });
  const buyers = [...(await crowd(100)), ...(await crowd(100, { node: 1 }))];

  const first = (await Promise.all(buyers.slice(0, 100).map((buyer) => buyer.buy()))).flatMap(orderOf);
  expect(first).toHaveLength(100);
  await olga.expectFigures({ remaining: 20, gone: 100, orders: 100 });
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

  await olga.goTo('After');
  const found = olga.page.getByTestId('orders-table').getByRole('row');
  await olga.page.getByRole('searchbox').fill(cancelled[0]?.customerId ?? '');
  await olga.page.getByRole('button', { name: 'Search', exact: true }).click();
  await expect(found).toHaveCount(2);
  await found.getByRole('button', { name: `Cancel the order of unit ${cancelled[0]?.unit}` }).click();
  const cancel = olga.page.getByRole('dialog', { name: 'Cancel an order' });
  await cancel.getByLabel('To confirm, type').fill(`${cancelled[0]?.customerId}:1`);
  await cancel.getByRole('button', { name: 'Cancel an order' }).click();
  await expect(olga.page.getByRole('searchbox')).toBeFocused();
  await expect(found.getByText('Cancelled')).toBeVisible();

  const won = [...first, ...answers.flatMap(orderOf)];
  const lost = answers.filter((answer) => !answer.ok);
  expect(lost.every((answer) => !answer.ok && answer.code === 'sold_out')).toBe(true);
  const standing = won.filter((order) => !cancelled.includes(order));
  const remaining = 150 - standing.length;
  await olga.expectFigures({ remaining, gone: standing.length, orders: standing.length });
  await olga.expectLight('good');
  const row = olga.page.getByTestId('sales').getByRole('row', { name: sale.id });
  await expect(row).toContainText(`${standing.length} / 150`);
  await expect(row.getByRole('cell').nth(3)).toHaveText('5');

  const download = olga.page.waitForEvent('download');
  await olga.page.getByRole('button', { name: 'Download CSV' }).click();
  const [, ...lines] = (await readFile(await (await download).path(), 'utf8')).trim().split('\r\n');
  const cells = lines.map((line) => line.split(','));
  const written = cells.filter((cell) => cell[4] === 'confirmed').map((cell) => `${cell[2]} ${cell[1]}`);
  expect(written.sort()).toEqual(namesOf(standing));

  await olga.page.getByRole('button', { name: 'Recompute the invariants' }).click();
  await expect(olga.page.getByTestId('audit')).toHaveAttribute('data-clean', 'true');
  await olga.goTo('Watch');
  const counted = (outcome: string) => olga.page.locator(`[data-outcome="${outcome}"]`);
  await expect(counted('claimed')).toHaveAttribute('value', String(won.length));
  if (lost.length > 0) await expect(counted('sold_out')).toHaveAttribute('value', String(lost.length));
});

test('two operators: who was slower is told what the other did, and goes on from there', async ({
  operator,
  desk,
  shopper,
}) => {
  await operator.start({ quantity: 5 });
  const olga = await desk('olga');
  const pia = await desk('pia', { node: 1 });
  const ana = await shopper();
  await Promise.all([olga.open(), pia.open(), ana.open()]);
  const restock = await pia.begin('Restock');
  await restock.getByLabel('Units to add').fill('10');

  const pause = await olga.begin('Pause');
  await pause.getByLabel('Reason, for everybody to read').fill('We are counting the boxes.');
  await pause.getByRole('button', { name: 'Pause' }).click();
  await expect(olga.page.getByText('The sale is paused.')).toBeFocused();
  await ana.expectState('paused');
  await expect(ana.page.getByTestId('message')).toContainText('We are counting the boxes.');

  await restock.getByRole('button', { name: /^Restock/ }).click();
  const conflict = restock.getByTestId('conflict');
  await expect(conflict.getByRole('listitem')).toHaveText(/olga.*paused.*We are counting the boxes\./s);
  await expect(ana.page.getByText('left of 5')).toBeVisible();
  await restock.getByRole('button', { name: 'Try again on the new state' }).click();
  await expect(pia.page.getByText('The new units are on sale.')).toBeVisible();
  await expect(ana.page.getByText('left of 15')).toBeVisible();
  await ana.expectState('paused');
  for (const each of [olga, pia]) {
    await expect(each.log.first()).toHaveText(/pia.*restocked.*5 → 15/s);
    await expect(each.log.nth(1)).toHaveText(/olga.*paused/s);
    await expect(each.page.getByRole('region', { name: 'The sale now' })).toContainText('of 15');
  }
});

test('I open the sale by the keyboard alone, and every page opens', async ({ operator, desk, shopper }) => {
  await operator.start({ startsAt: inSeconds(3600) });
  const olga = await desk('olga');
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

test('what can’t be taken back is confirmed by typing, and Escape takes nothing back', async ({
  operator,
  desk,
  shopper,
}) => {
  await operator.start({ quantity: 5 });
  const olga = await desk('olga');
  const ana = await shopper();
  await Promise.all([olga.open(), ana.open()]);
  const end = await olga.begin('End');
  await end.getByRole('button', { name: 'End', exact: true }).click();
  await expect(end.getByText('Type iPhone exactly as it stands here.')).toBeVisible();
  await olga.page.keyboard.press('Escape');
  await expect(end).toBeHidden();
  await ana.expectState('live');
  await olga.begin('End');
  await end.getByLabel('To confirm, type iPhone').fill('iPhone');
  await end.getByLabel('Reason').fill('The shop closes.');
  await end.getByRole('button', { name: 'End', exact: true }).click();
  await ana.expectState('ended');
  await expect(ana.page.getByTestId('message')).toContainText('The shop closes.');
  await expect(olga.log.first()).toHaveText(/olga.*ended the sale.*The shop closes\./s);
});

test('I set up a sale: it is previewed across the change of the clocks, checked before, and replaces the one that runs', async ({
  operator,
  desk,
  shopper,
}) => {
  await operator.start({ quantity: 5 });
  const olga = await desk('olga', { timezoneId: 'Asia/Kolkata' });
  const ana = await shopper({ timezoneId: 'Asia/Kolkata' });
  await Promise.all([olga.open('setup'), ana.open()]);
  await expect(olga.page.getByTestId('preflight').getByRole('listitem').first()).toBeVisible();
  await olga.page.getByLabel('Product').fill('Tin bear');
  await olga.page.getByLabel('Price').fill('15');
  await olga.page.getByLabel('Units', { exact: true }).fill('70');
  await olga.page.getByLabel('Units per customer').fill('2');
  await olga.page.getByLabel('Time zone').selectOption('Europe/Berlin');
  const opening = olga.page.getByLabel('Opening', { exact: true });
  const preview = olga.page.getByTestId('preview');
  await opening.fill('2098-03-30T02:30');
  await expect(olga.page.getByText('This time does not exist in Europe/Berlin')).toBeVisible();
  await opening.fill('2098-10-26T02:30');
  await expect(olga.page.getByText('This time comes twice')).toBeVisible();
  await expect(preview).toContainText('26 October 2098 at 06:00');
  await olga.page.getByLabel('The second one').check();
  await expect(preview).toContainText('26 October 2098 at 07:00');
  await expect(preview).toContainText('Central European Standard Time, GMT+01:00');
  await expect(preview).toContainText(/the clocks of Europe\/Berlin go (forward|back) by 1 hour/);

  await olga.page.getByRole('button', { name: 'Set up this sale' }).click();
  const dialog = olga.page.getByRole('dialog', { name: 'A new sale' });
  await dialog.getByRole('button', { name: 'Start' }).click();
  await expect(dialog.getByText('Type iPhone exactly as it stands here.')).toBeVisible();
  await ana.expectState('live');
  await dialog.getByLabel('To confirm, type iPhone').fill('iPhone');
  await dialog.getByRole('button', { name: 'Start' }).click();
  await ana.expectState('scheduled');
  await expect(ana.page.getByRole('heading', { name: 'Tin bear' })).toBeVisible();
  await expect(ana.page.locator('main time').first()).toHaveAttribute('datetime', '2098-10-26T01:30:00.000Z');
  await expect(olga.page.getByRole('region', { name: 'The sale now' })).toContainText('Tin bear');
});

test('I shut a customer out: they cannot buy until I let them in again, and the log has both', async ({
  operator,
  desk,
  shop,
}) => {
  await operator.start({ quantity: 5 });
  const olga = await desk('olga');
  await olga.open();
  const buyAsAna = async () => {
    const headers = { authorization: `Bearer ${await shop.token('ana')}` };
    return (await fetch(`${shop.nodes[0]?.url}/buy`, { method: 'POST', headers })).status;
  };
  const customers = olga.page.getByRole('region', { name: 'A customer' });
  await customers.getByRole('button', { name: 'Shut out' }).click();
  await expect(customers.getByText('The customer’s id, as in their token')).toBeVisible();
  await customers.getByLabel('Customer').fill('ana');
  await customers.getByLabel('Reason, for the log').fill('Bought to resell');
  await customers.getByRole('button', { name: 'Shut out' }).click();
  await expect(customers.getByRole('status')).toHaveText('ana is shut out.');
  await expect(olga.log.first()).toHaveText(/olga.*shut a customer out.*no → yes.*ana.*Bought to resell/s);
  expect(await buyAsAna()).toBe(403);
  await customers.getByRole('button', { name: 'Let in again' }).click();
  await expect(customers.getByRole('status')).toHaveText('ana may buy again.');
  expect(await buyAsAna()).toBe(201);
});

test('who is no operator is told so, and gets nothing to press', async ({ operator, desk }) => {
  await operator.start({ quantity: 5 });
  const ana = await desk('ana', { role: 'customer' });
  await ana.page.goto(`${ana.url}/console`);
  await expect(ana.page.getByText('ana is no operator of this shop.')).toBeVisible();
  await expect(ana.page.getByRole('main').getByRole('button')).toHaveText(['Sign in']);
  await ana.page.getByLabel('Operator ID').fill('rosa');
  await ana.page.getByRole('button', { name: 'Sign in' }).click();
  await expect(ana.page.getByRole('button', { name: /^Pause/ })).toBeVisible();
});

test('I plan two sales while one runs: my colleague sees both, drops one, and puts the other on the page', async ({
  operator,
  desk,
  shopper,
}) => {
  await operator.start({ quantity: 5 });
  const olga = await desk('olga', { timezoneId: 'Asia/Kolkata' });
  const pia = await desk('pia', { node: 1, timezoneId: 'Asia/Kolkata' });
  const ana = await shopper();
  await Promise.all([olga.open('setup'), pia.open('setup'), ana.open()]);
  const plan = async (name: string, opening: string) => {
    await olga.page.getByLabel('Product').fill(name);
    await olga.page.getByLabel('Opening', { exact: true }).fill(opening);
    await olga.page.getByRole('button', { name: 'Plan this sale' }).click();
    await expect(olga.plans.filter({ hasText: name })).toHaveCount(1);
  };
  await olga.page.getByRole('radio', { name: /^For later/ }).check();
  await plan('Paper kite', '2098-03-02T10:00');
  await expect(olga.page.getByText('The sale is planned.')).toBeFocused();
  await plan('Tin bear', '2098-03-01T10:00');
  for (const each of [olga, pia]) {
    await expect(each.plans).toHaveText([/Tin bear.*planned by olga/s, /Paper kite.*planned by olga/s]);
  }
  await ana.expectState('live');
  await expectAccessible(olga.page, 'planned sales');

  await pia.page.getByRole('button', { name: 'Drop the plan Paper kite' }).click();
  const drop = pia.page.getByRole('dialog', { name: 'Drop the plan' });
  await pia.page.keyboard.press('Escape');
  await expect(pia.plans).toHaveCount(2);
  const olgaDrops = await olga.begin('Drop the plan Paper kite', 'Drop the plan');
  await pia.page.getByRole('button', { name: 'Drop the plan Paper kite' }).click();
  await drop.getByRole('button', { name: 'Drop the plan' }).click();
  await expect(pia.page.getByText('The plan is dropped.')).toBeFocused();
  await expect(olga.plans).toHaveText([/Tin bear/]);
  // Who was slower is told that there is nothing left to drop.
  await olgaDrops.getByRole('button', { name: 'Drop the plan' }).click();
  await expect(olgaDrops.getByRole('alert')).toContainText('There is no such sale');
  await olga.page.keyboard.press('Escape');

  const show = await pia.begin('Put on the page Tin bear', 'Put on the page');
  await operator.pause((await operator.onShow()).id, 'We are counting the boxes.');
  await show.getByLabel('To confirm, type iPhone').fill('iPhone');
  await show.getByRole('button', { name: 'Put on the page' }).click();
  await expect(show.getByTestId('conflict')).toContainText('We are counting the boxes.');
  await show.getByRole('button', { name: 'Try again on the new state' }).click();
  await ana.expectState('scheduled');
  await expect(ana.page.getByRole('heading', { name: 'Tin bear' })).toBeVisible();
  await expect(olga.plans).toHaveCount(0);
  await expect(pia.log.first()).toHaveText(/pia.*started the sale/s);
});

test('I rehearse: my colleague sees it go and cannot begin another, and both read that every promise held', async ({
  operator,
  desk,
}) => {
  // It gives way to the shop: on a machine with more to do than it can, it takes long to begin.
  test.slow();
  const sale = await operator.start({ startsAt: inSeconds(7 * 24 * 3600) });
  const olga = await desk('olga');
  const pia = await desk('pia', { node: 1 });
  await Promise.all([olga.open('setup'), pia.open('setup')]);
  const dialog = await olga.begin('Rehearse', 'Dress rehearsal');
  await dialog.getByLabel('Shoppers').fill('9');
  await dialog.getByRole('button', { name: 'Rehearse' }).click();
  await expect(dialog.getByText('A whole number from 10 to 5,000.')).toBeVisible();
  await dialog.getByLabel('Shoppers').fill('30');
  await dialog.getByLabel('Units').fill('20');
  await dialog.getByLabel('Seconds of pressing').fill('2');
  await dialog.getByRole('button', { name: 'Rehearse' }).click();
  await expect(dialog).toBeHidden();
  const entries = (each: typeof olga) => each.page.locator('[data-rehearsal]');
  await expect(olga.page.getByRole('log')).toContainText('20 units, 30 shoppers over 2 s', {
    timeout: 60_000,
  });
  await expect(
    pia.page.getByText('One at a time: the next can begin when this one has ended.'),
  ).toBeVisible();
  await expect(pia.page.getByRole('button', { name: 'Rehearse' })).toHaveAttribute('aria-disabled', 'true');
  await expect(olga.page.getByRole('log')).toContainText('Redis killed: down for', { timeout: 60_000 });

  for (const each of [olga, pia]) {
    await expect(entries(each)).toContainText('Every promise held', { timeout: 60_000 });
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
  await expect(olga.log.first()).toHaveText(/olga.*began a dress rehearsal.*Shoppers 30/s);
});
