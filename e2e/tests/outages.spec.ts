import { openBalancer } from '@flipzon/server/test-support/balancer.ts';
import { expect, test } from '../fixtures.ts';

test('while Redis is down the page says so, and when it is back I can buy again', async ({
  shop,
  operator,
  shopper,
  crowd,
}) => {
  const sale = await operator.start({ quantity: 10 });
  const ana = await shopper();
  await ana.open();
  const [quicker] = await crowd(1);
  expect(await quicker?.buy()).toMatchObject({ ok: true });
  await ana.expectRemaining(9);
  await expect(ana.buy).toBeEnabled();

  await shop.redis.kill();
  await ana.expectState('unavailable');
  await expect(ana.page.getByTestId('banner')).toContainText('Checkout is briefly unavailable.');
  await expect(ana.page.getByTestId('age')).toContainText(/as of \d+ secs? ago/);
  await expect(ana.page.getByRole('button', { name: 'Checking…' })).toBeDisabled();
  await expect(ana.page.getByTestId('message')).toContainText('The Buy button will return automatically.');
  await ana.expectRemaining(9);
  expect(await quicker?.buy()).toMatchObject({ ok: false, code: 'unavailable' });

  await shop.redis.comeBack();
  await ana.expectState('live');
  await expect(ana.page.getByTestId('age')).toBeHidden();
  await ana.buy.click();
  await ana.expectState('confirmed');
  await ana.expectRemaining(8);
  expect(await operator.orders(sale.id)).toHaveLength(2);
});

test('while MongoDB is down my unit is claimed, and it is confirmed when MongoDB is back', async ({
  shop,
  operator,
  shopper,
}) => {
  const sale = await operator.start({ quantity: 5 });
  const ana = await shopper();
  await ana.open();
  await expect(ana.buy).toBeEnabled();
  await shop.mongodb.kill();
  await ana.buy.click();
  await ana.expectState('claimed');
  await ana.expectUnit(1);
  await ana.expectRemaining(4);
  await expect(ana.order).toContainText('Yours. Confirming…');
  await expect(ana.order).not.toContainText('You got one.');

  await shop.mongodb.comeBack();
  await ana.expectState('confirmed');
  await ana.expectUnit(1);
  expect(await operator.orders(sale.id)).toMatchObject([{ unit: 1, status: 'confirmed' }]);
});

test('the whole shop restarts during a sale: the orders stay, and the rest can be bought', async ({
  shop,
  operator,
  shopper,
}) => {
  test.slow();
  const sale = await operator.start({ quantity: 5 });
  const ana = await shopper({ node: 0 });
  const ben = await shopper({ node: 1 });
  await ana.open();
  await ben.open();
  await ana.buy.click();
  await ana.expectState('confirmed');
  await ben.expectRemaining(4);

  await Promise.all([shop.kill(0), shop.kill(1)]);
  await ben.expectState('reconnecting');
  await expect(ana.page.getByTestId('banner')).toBeVisible();
  await ana.expectState('confirmed');
  await Promise.all([shop.restart(0), shop.restart(1)]);

  // A page that was refused a few times asks at growing intervals.
  for (const { page } of [ana, ben]) {
    await expect(page.getByTestId('banner')).toBeHidden({ timeout: 60_000 });
  }
  await ben.expectState('live');
  await ben.expectRemaining(4);
  await ben.buy.click();
  await ben.expectState('confirmed');
  await ben.expectUnit(2);
  await ana.expectUnit(1);
  await ana.expectRemaining(3);
  expect(await operator.orders(sale.id)).toHaveLength(2);
});

test('when the node of my page dies, the page moves to the other node by itself', async ({
  shop,
  operator,
  shopper,
}) => {
  await using balancer = await openBalancer();
  await balancer.add(shop.nodes[0]);
  await operator.start({ quantity: 5 });
  const ana = await shopper({ url: balancer.url });
  await ana.open();
  await expect(ana.buy).toBeEnabled();
  await shop.kill(0);
  await expect(ana.buy).toBeDisabled();
  await balancer.add(shop.nodes[1]);

  // The node stays dead: what follows comes from the other one.
  await expect(ana.buy).toBeEnabled();
  expect(shop.nodes[0].running).toBe(false);
  await ana.buy.click();
  await ana.expectState('confirmed');
  await ana.expectRemaining(4);
});

test('my connection drops right after I won: the page still shows what I won', async ({
  shop,
  operator,
  shopper,
}) => {
  await operator.start({ quantity: 5 });
  const ana = await shopper({ node: 1 });
  await ana.open();
  await ana.buy.click();
  await ana.expectState('confirmed');
  await shop.kill(1);
  await expect(ana.page.getByTestId('banner')).toContainText('Connection lost. Reconnecting…');
  await ana.expectState('confirmed');
  await ana.expectUnit(1);
  await shop.restart(1);
  await expect(ana.page.getByTestId('banner')).toBeHidden();
  await ana.expectUnit(1);
  expect((await ana.recording()).states.slice(-1)).toEqual(['confirmed']);
});
