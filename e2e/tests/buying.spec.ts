import { expect, test } from '../fixtures.ts';
import { FaultyConnection } from '../support/faulty-connection.ts';

test('my unit is mine as soon as it is claimed, and confirmed once it is on record', async ({
  operator,
  shopper,
}) => {
  await operator.start({ quantity: 5 });
  const ana = await shopper();
  const connection = await FaultyConnection.between(ana.page);
  await ana.open();
  // The confirmation may come a millisecond after the claim, or overtake its answer: too soon to be seen.
  connection.holdToPage(/^42\["order",.*"status":"confirmed"/);
  await ana.buy.click();
  await ana.expectState('claimed');
  await ana.expectUnit(1);
  await expect(ana.page.getByRole('button', { name: 'Confirming…' })).toBeDisabled();
  await expect(ana.page.getByRole('status')).toContainText(['Unit 1 is yours. Confirming…']);
  await connection.expectHeld(/"confirmed"/);
  connection.release();
  await ana.expectState('confirmed');
  await ana.expectUnit(1);
});

test('I buy: my order is confirmed, and stays through a reload and in a second tab', async ({
  operator,
  shopper,
}) => {
  const sale = await operator.start({ quantity: 5 });
  const ana = await shopper({ reducedMotion: 'no-preference' });
  await ana.open();
  await ana.buy.click();

  await ana.expectState('confirmed');
  await ana.expectUnit(1);
  await expect(ana.order.getByRole('heading')).toBeFocused();
  await expect(ana.order).toContainText('You got one. Order confirmed.');
  await expect(ana.page.getByText('4 of 5 left')).toBeVisible();
  const [order, ...others] = await operator.orders(sale.id);
  expect(others).toEqual([]);
  expect(order).toMatchObject({ customerId: ana.customerId, unit: 1, status: 'confirmed' });
  await expect(ana.order).toContainText(order?.number ?? 'a number');

  await ana.page.reload();
  await ana.expectState('confirmed');
  await ana.expectUnit(1);
  const tab = await ana.secondTab();
  await tab.expectState('confirmed');
  await tab.expectUnit(1);
});

test('a double click is one order', async ({ operator, shopper }) => {
  const sale = await operator.start({ quantity: 5 });
  const ana = await shopper();
  await ana.open();
  await ana.buy.dblclick();
  await ana.expectState('confirmed');
  await ana.expectRemaining(4);
  expect(ana.buysSent).toHaveLength(1);
  expect(await operator.orders(sale.id)).toHaveLength(1);
});

test('Enter held down is one order', async ({ operator, shopper }) => {
  const sale = await operator.start({ quantity: 5, perCustomer: 5 });
  const ana = await shopper();
  await ana.open();
  await ana.buy.focus();
  await expect(ana.buy).toBeEnabled();
  // Each `down` without an `up` is what a keyboard sends while a key repeats.
  for (let repeat = 0; repeat < 10; repeat += 1) {
    await ana.page.keyboard.down('Enter');
  }
  await ana.expectState('confirmed');
  for (let repeat = 0; repeat < 10; repeat += 1) {
    await ana.page.keyboard.down('Enter');
  }
  await ana.page.keyboard.up('Enter');
  await ana.expectRemaining(4);
  expect(ana.buysSent).toHaveLength(1);
  expect(await operator.orders(sale.id)).toHaveLength(1);
});

test('if I may have three, I buy another, see all of them, and get no fourth', async ({
  operator,
  shopper,
}) => {
  const sale = await operator.start({ quantity: 10, perCustomer: 3 });
  const ana = await shopper();
  await ana.open();
  await ana.buy.click();
  const another = ana.page.getByRole('button', { name: 'Buy another' });
  for (const unit of [1, 2]) {
    await ana.expectState('confirmed');
    await ana.expectUnit(unit);
    await expect(ana.order).toContainText(`${unit} of 3 bought`);
    await another.click();
  }
  await ana.expectUnit(3);
  await ana.expectState('confirmed');
  await expect(ana.order).toContainText('3 of 3 bought');
  await expect(another).toBeHidden();
  await ana.page.reload();
  const earlier = ana.order.getByRole('list', { name: 'Your units' }).getByRole('listitem');
  await expect(earlier).toHaveText([/^Unit 2Confirmed/, /^Unit 1Confirmed/]);
  await earlier.last().getByText('Unit 1').click();
  await expect(earlier.last().getByText(/^FZ(-[0-9A-Z]{4}){3}$/)).toBeVisible();
  await expect(earlier.last().getByRole('button', { name: 'Download receipt' })).toBeVisible();
  await ana.expectRemaining(7);
  expect((await operator.orders(sale.id)).map(({ unit }) => unit).sort()).toEqual([1, 2, 3]);
});

test('in two browsers at once I get one unit, and both show it', async ({ operator, shoppers }) => {
  const sale = await operator.start({ quantity: 5 });
  const browsers = await shoppers(2, { customerId: `twice-${Date.now()}` });
  for (const browser of browsers) {
    await browser.open();
    await browser.buy.focus();
  }
  await Promise.all(browsers.map((browser) => browser.page.keyboard.press('Enter')));
  for (const browser of browsers) {
    await browser.expectState(/^(confirmed|already_purchased)$/);
    await browser.expectUnit(1);
    await browser.expectRemaining(4);
  }
  expect(await operator.orders(sale.id)).toHaveLength(1);
});

test('what I buy in one browser shows in my other one by itself', async ({ operator, shopper }) => {
  await operator.start({ quantity: 5 });
  const customerId = `both-${Date.now()}`;
  const phone = await shopper({ customerId, node: 0 });
  const laptop = await shopper({ customerId, node: 1 });
  await laptop.open();
  await phone.open();
  await phone.buy.click();
  await laptop.expectState('confirmed');
  await laptop.expectUnit(1);
  await expect(laptop.buy).toBeHidden();
});

test('after a reload, a customer who has bought sees their order and no Buy', async ({
  operator,
  shopper,
  crowd,
}) => {
  const sale = await operator.start({ quantity: 5 });
  const ana = await shopper();
  await ana.open();
  await ana.buy.click();
  await ana.expectState('confirmed');
  await ana.page.reload();
  await ana.expectUnit(1);
  await expect(ana.buy).toBeHidden();
  await ana.expectRemaining(4);
  const [elsewhere] = await crowd(1, { customerId: ana.customerId, node: 1 });
  expect(await elsewhere?.buy()).toMatchObject({
    ok: false,
    code: 'already_purchased',
    order: { unit: 1, saleId: sale.id, customerId: ana.customerId, status: 'confirmed' },
  });
});

test('a customer who buys again before the page knows of their unit sees it, not an error', async ({
  operator,
  shopper,
  crowd,
}) => {
  await operator.start({ quantity: 5 });
  const ana = await shopper();
  const connection = await FaultyConnection.between(ana.page);
  connection.holdToPage(/^42\["order"/);
  await ana.open();
  const [elsewhere] = await crowd(1, { customerId: ana.customerId });
  expect(await elsewhere?.buy()).toMatchObject({ ok: true });
  await ana.expectRemaining(4);
  await ana.buy.click();
  await ana.expectState('already_purchased');
  await ana.expectUnit(1);
  await expect(ana.order).toContainText('You already have one. Here is your order.');
  connection.release();
  await ana.expectRemaining(4);
});

test('with the keyboard alone I sign in and buy', async ({ operator, shopper }) => {
  await operator.start({ quantity: 5 });
  const ana = await shopper({ token: null });
  await ana.open();
  const { keyboard } = ana.page;
  const signIn = ana.page.getByRole('button', { name: 'Sign in to buy' });
  await expect(signIn).toBeEnabled();
  const tabsMax = 10;
  for (let tabs = 0; tabs < tabsMax; tabs += 1) {
    await keyboard.press('Tab');
    if (await signIn.evaluate((button) => button === document.activeElement)) {
      break;
    }
  }
  await expect(signIn).toBeFocused();
  await keyboard.press('Enter');
  await expect(ana.page.getByLabel('Customer ID')).toBeFocused();
  await keyboard.type(ana.customerId);
  await keyboard.press('Enter');
  await expect(ana.buy).toBeFocused();
  await expect(ana.buy).toBeEnabled();
  await keyboard.press('Enter');
  await ana.expectState('confirmed');
  await expect(ana.order.getByRole('heading')).toBeFocused();
});
