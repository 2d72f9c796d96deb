import { codeIn, openMailbox } from '@flipzon/server/test-support/mailbox.ts';
import { expect, test } from '../fixtures.ts';
import { expectAccessible } from '../support/accessible.ts';

test('a guest signs in with a code by e-mail, buys, and finds product, money and number on the printed order', async ({
  shop,
  operator,
  shopper,
}) => {
  await using mailbox = await openMailbox();
  await using node = shop.createNode('guests', { ...mailbox.environment, DEMO_LOGIN: 'false' });
  await node.start();
  const sale = await operator.start({ name: 'Stoneware teapot', price: 89.9, currency: 'EUR', quantity: 5 });
  const guest = await shopper({ token: null, url: node.url });
  await guest.open();
  const { page } = guest;
  await page.getByRole('main').getByRole('button', { name: 'Sign in to buy' }).click();
  const address = page.getByLabel('E-mail address');
  await expect(address).toBeFocused();
  await address.fill('ann');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('form').getByRole('alert')).toHaveText(
    'This e-mail address cannot be used. Check it.',
  );
  await expect(address).toBeFocused();
  await address.fill('ann@example.com');
  await page.keyboard.press('Enter');
  const field = page.getByLabel('Code from the e-mail');
  await expect(field).toBeFocused();
  await expectAccessible(page, 'the form for the code');
  await field.fill('0000 0000');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('form').getByRole('alert')).toHaveText(
    'This code is wrong. Check it and try again.',
  );
  await field.fill(codeIn(await mailbox.next('ann@example.com')));
  await page.keyboard.press('Enter');
  await expect(guest.buy).toBeFocused();
  await guest.buy.click();
  await guest.expectState('confirmed');
  await expect(guest.order).toContainText('Stoneware teapot');

  await guest.order.getByRole('link', { name: 'See and print' }).click();
  const [order] = await operator.orders(sale.id);
  const printed = page.getByRole('article', { name: `Order ${order?.number}` });
  await expect(printed).toContainText('Stoneware teapot');
  await expect(printed).toContainText('€89.90');
  await expect(page.getByRole('button', { name: 'Print' })).toBeVisible();
  await expectAccessible(page, 'an order to print');
});
