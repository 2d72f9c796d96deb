import { expect, test } from '../fixtures.ts';
import { expectRedrawn, translate } from '../support/translate.ts';

test('my browser translates the page: I buy, see my order, and hear of its cancellation and of the end', async ({
  operator,
  shopper,
}) => {
  const sale = await operator.start({ quantity: 5 });
  const ana = await shopper();
  await ana.open();
  await expect(ana.buy).toBeEnabled();
  await translate(ana.page);
  await ana.page.locator('[data-buy]').click();
  await ana.expectState('confirmed');
  await ana.expectUnit(1);
  await ana.expectRemaining(4);
  await expectRedrawn(ana.page, ana.order);

  await translate(ana.page);
  const [order] = await operator.orders(sale.id);
  await operator.cancel(order?.id ?? '');
  await ana.expectState('cancelled');
  await ana.expectRemaining(5);
  await expectRedrawn(ana.page, ana.page.getByTestId('message'));

  await translate(ana.page);
  await ana.page.getByRole('button', { name: 'Sign out' }).click();
  await operator.end(sale.id, 'The shop closes for today.');
  await ana.expectState('ended');
  await expectRedrawn(ana.page, ana.page.getByTestId('message'));
});

test('board, console and report go on when they have been translated', async ({
  operator,
  shopper,
  operatorConsole,
  crowd,
}) => {
  const sale = await operator.start({ quantity: 5 });
  const [board, olga] = [await shopper({ token: null }), await operatorConsole('olga')];
  await board.open('/board');
  await translate(board.page);
  const parts = ['setup', 'control', 'watch', 'customers', 'after'];
  await olga.open();
  for (const part of parts) {
    await olga.page.locator(`a[href="#${part}"]`).first().click();
    await expect(olga.page.locator('[data-part]')).toHaveAttribute('data-part', part);
    await translate(olga.page);
  }
  for (const buyer of await crowd(5)) expect(await buyer.buy()).toMatchObject({ ok: true });
  await board.expectRemaining(0);
  await expect(board.page.getByTestId('recent-units').getByRole('listitem')).toHaveCount(5);
  await olga.expectStats({ remaining: 0, gone: 5, orders: 5 });
  await operator.end(sale.id, 'The shop closes for today.');
  await board.expectState('ended');
  await expectRedrawn(board.page, board.page.getByTestId('recent-units'));
  await olga.page.locator('footer select').selectOption('de');
  await expectRedrawn(olga.page, olga.page.getByRole('heading', { level: 2 }).first());

  await board.visit(`/sales/${sale.id}/report`);
  await expect(board.page.locator('[data-report]')).toHaveAttribute('data-report', /open|sealed/);
  await translate(board.page);
  await board.page.locator('header select').selectOption('de');
  await expectRedrawn(board.page);
});

test('an extension takes elements out of the page: it is drawn again, and I buy', async ({
  operator,
  shopper,
}) => {
  await operator.start({ quantity: 5 });
  const ana = await shopper();
  await ana.open();
  await expect(ana.buy).toBeEnabled();
  // React has to take it away itself as soon as there is an order.
  await ana.page.getByTestId('message').evaluate((message) => message.remove());
  await ana.buy.click();
  await ana.expectState('confirmed');
  await ana.expectUnit(1);
  await ana.page.getByRole('button', { name: 'My orders' }).click();
  await expect(ana.page.getByRole('dialog')).toContainText('Confirmed');
});
