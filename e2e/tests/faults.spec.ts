import { expect, test } from '../fixtures.ts';
import { FaultyConnection } from '../support/faulty-connection.ts';

test('the page survives the kill of its node: it says so, reconnects, and its count is right', async ({
  shop,
  operator,
  shopper,
  crowd,
}) => {
  await operator.start({ quantity: 10 });
  const ana = await shopper({ node: 1 });
  await ana.open();
  await ana.expectRemaining(10);
  await shop.kill(1);
  const banner = ana.page.getByTestId('banner');
  await expect(banner).toContainText('Connection lost. Reconnecting…');
  await ana.expectState('reconnecting');
  await expect(ana.page.getByTestId('age')).toContainText(/as of \d+ secs? ago/);
  await expect(ana.buy).toBeDisabled();
  for (const member of await crowd(3, { node: 0 })) {
    expect(await member.buy()).toMatchObject({ ok: true });
  }
  await ana.expectRemaining(10);

  await shop.restart(1);
  await expect(banner).toBeHidden();
  await ana.expectState('live');
  await ana.expectRemaining(7);
  await ana.buy.click();
  await ana.expectState('confirmed');
  await ana.expectUnit(4);
  expect((await ana.recording()).states.filter((state) => state === 'loading').length).toBeLessThanOrEqual(1);
});

test('a buy that a killed node never answered is asked again with the same request, and wins once', async ({
  shop,
  operator,
  shopper,
}) => {
  const sale = await operator.start({ quantity: 5 });
  const ana = await shopper({ node: 1 });
  const connection = await FaultyConnection.between(ana.page);
  await ana.open();
  connection.holdToNode(/^42\d+\["buy"/);
  await ana.buy.click();
  await connection.expectHeld(/"buy"/);
  await ana.expectState('claiming');
  await shop.kill(1);
  await ana.expectState('unknown');
  await expect(ana.page.getByTestId('message')).toContainText('Checking your claim…');
  expect(await operator.orders(sale.id)).toEqual([]);

  connection.lose();
  await shop.restart(1);
  await ana.expectState('confirmed');
  await ana.expectUnit(1);
  await ana.expectRemaining(4);
  expect(await operator.orders(sale.id)).toHaveLength(1);
  // By a request or by the next socket, and again while the node that starts answers "not now": always the same one.
  const [first, ...others] = [...connection.buysSent, ...ana.buysSent];
  expect(others.length).toBeGreaterThan(0);
  expect(new Set(others)).toEqual(new Set([first]));
});

test('when the answer to my buy is lost on the way, I still get my one unit', async ({
  operator,
  shopper,
}) => {
  const sale = await operator.start({ quantity: 5 });
  const ana = await shopper();
  const connection = await FaultyConnection.between(ana.page);
  await ana.open();
  await expect(ana.buy).toBeEnabled();
  connection.holdToPage(/^(43\d+|42\["(order|stock)")/);
  await ana.buy.click();
  await expect.poll(async () => (await operator.orders(sale.id)).length).toBe(1);
  await ana.expectState('claiming');
  await connection.break();

  await ana.expectState('confirmed');
  await ana.expectUnit(1);
  await ana.expectRemaining(4);
  expect(await operator.orders(sale.id)).toHaveLength(1);
  expect(new Set(connection.buysSent).size).toBe(1);
});

test('a click while I am offline does not buy later', async ({ operator, shopper }) => {
  const sale = await operator.start({ quantity: 5 });
  const ana = await shopper();
  await ana.open();
  await expect(ana.buy).toBeEnabled();
  await ana.buy.focus();
  await ana.context.setOffline(true);
  await ana.expectState('offline');
  await expect(ana.page.getByRole('alert')).toContainText('You are offline.');
  await ana.page.keyboard.press('Enter');
  await ana.context.setOffline(false);
  await ana.expectState('live');
  await expect(ana.buy).toBeEnabled();
  expect(ana.buysSent).toEqual([]);
  expect(await operator.orders(sale.id)).toEqual([]);
  await ana.page.keyboard.press('Enter');
  await ana.expectState('confirmed');
});

test('reloading while my buy is unanswered asks for the same one again', async ({ operator, shopper }) => {
  const sale = await operator.start({ quantity: 5, perCustomer: 2 });
  const ana = await shopper();
  const connection = await FaultyConnection.between(ana.page);
  await ana.open();
  await expect(ana.buy).toBeEnabled();
  connection.holdToPage(/^43\d+/);
  await ana.buy.click();
  await expect.poll(async () => (await operator.orders(sale.id)).length).toBe(1);
  connection.lose();
  await ana.page.reload();
  await ana.expectState('confirmed');
  await ana.expectUnit(1);
  await ana.expectRemaining(4);
  await expect.poll(() => connection.buysSent.length).toBe(2);
  expect(new Set(connection.buysSent).size).toBe(1);
  expect(await operator.orders(sale.id)).toHaveLength(1);
});
