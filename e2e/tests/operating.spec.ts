import { expect, test } from '../fixtures.ts';
import { inSeconds } from '../support/shop-api.ts';

test('a pause stops Buy with the operator’s reason, and resuming brings it back', async ({
  operator,
  shopper,
  crowd,
}) => {
  const sale = await operator.start({ quantity: 5 });
  const ana = await shopper({ node: 1 });
  await ana.open();
  await expect(ana.buy).toBeEnabled();
  await operator.pause(sale.id, 'We are counting the boxes.');
  await ana.expectState('paused');
  await expect(ana.page.getByRole('button', { name: 'Paused' })).toBeDisabled();
  await expect(ana.page.getByTestId('message')).toContainText('We are counting the boxes.');
  const [impatient] = await crowd(1);
  expect(await impatient?.buy()).toMatchObject({ ok: false, code: 'sale_not_active' });

  await operator.resume(sale.id);
  await ana.expectState('live');
  await ana.buy.click();
  await ana.expectState('confirmed');
  await ana.expectUnit(1);
});

test('when the operator ends the sale, every page says so and why', async ({ operator, shoppers, crowd }) => {
  const sale = await operator.start({ quantity: 5 });
  const both = await shoppers(2);
  for (const shopper of both) {
    await shopper.open();
    await expect(shopper.buy).toBeEnabled();
  }
  await operator.end(sale.id, 'The shop closes for today.');
  for (const shopper of both) {
    await shopper.expectState('ended');
    await expect(shopper.page.getByRole('button', { name: 'Sale over' })).toBeDisabled();
    await expect(shopper.page.getByTestId('message')).toContainText('The shop closes for today.');
  }
  const [late] = await crowd(1);
  expect(await late?.buy()).toMatchObject({ ok: false, code: 'sale_not_active' });
});

test('shoppers see when the sale ends, and the end counted down', async ({ operator, shopper }) => {
  const sale = await operator.start({ quantity: 5, startsAt: inSeconds(600), endsAt: inSeconds(1_800) });
  const ana = await shopper();
  await ana.open();
  const ends = ana.page.getByTestId('ends');
  await expect(ends).toHaveText(/^Ends .*\d/);
  await operator.reschedule(sale.id, 'now');
  await ana.expectState('live');
  await expect(ends).toHaveText(/^Ends in \u2066(29:\d\d|30:00)\u2069$/);
  // The countdown is visible; a screen reader does not announce each second.
  await expect(ends).toHaveAttribute('role', 'timer');
  await expect(ana.page.getByTestId('polite')).not.toContainText('ends');
});

test('moving the opening moves every countdown', async ({ operator, shoppers }) => {
  const sale = await operator.start({ startsAt: inSeconds(600) });
  const both = await shoppers(2);
  for (const shopper of both) {
    await shopper.open();
    await expect(shopper.page.getByRole('timer')).toHaveText(/^(09:\d\d|10:00)$/);
  }
  await operator.reschedule(sale.id, inSeconds(2 * 3600));
  for (const shopper of both) {
    await shopper.expectState('countdown');
    await expect(shopper.page.getByRole('timer')).toHaveText(/^(01:59:\d\d|02:00:00)$/);
  }
  await operator.reschedule(sale.id, inSeconds(3 * 24 * 3600 + 60));
  for (const shopper of both) {
    await shopper.expectState('scheduled');
    await expect(shopper.page.getByRole('timer')).toHaveText(/^3 days /);
  }
  await operator.reschedule(sale.id, 'now');
  for (const shopper of both) {
    await shopper.expectState('live');
    await expect(shopper.buy).toBeEnabled();
  }
});

test('restocking wakes a sold-out page', async ({ operator, shopper, crowd }) => {
  const sale = await operator.start({ quantity: 1 });
  const ana = await shopper({ node: 1 });
  await ana.open();
  const [quicker] = await crowd(1);
  expect(await quicker?.buy()).toMatchObject({ ok: true });
  await ana.expectState('sold_out');
  await ana.expectRemaining(0);
  await expect(ana.page.getByRole('button', { name: 'Sold out' })).toBeDisabled();

  await operator.restock(sale.id, 2);
  await ana.expectState('live');
  await ana.expectRemaining(2);
  await expect(ana.page.getByText('left of 3')).toBeVisible();
  await ana.buy.click();
  await ana.expectState('confirmed');
  await ana.expectUnit(2);
  await ana.expectRemaining(1);
});

test('a cancelled order gives its unit back, and the next in line can have it', async ({
  operator,
  shopper,
}) => {
  const sale = await operator.start({ quantity: 1 });
  const ana = await shopper({ node: 0 });
  const ben = await shopper({ node: 1 });
  await ana.open();
  await ben.open();
  await ana.buy.click();
  await ana.expectState('confirmed');
  await ben.expectState('sold_out');

  const [order] = await operator.orders(sale.id);
  await operator.cancel(order?.id ?? '');
  await expect(ana.page.getByTestId('message')).toContainText('The shop cancelled your order for unit 1.');
  await expect(ana.order).toBeHidden();
  await ben.expectState('live');
  await ben.expectRemaining(1);
  await ben.buy.click();
  await ben.expectState('confirmed');
  await ben.expectUnit(1);
  await ana.expectState('cancelled');
  await expect(ana.page.getByRole('button', { name: /^(Buy|Sold out)/ })).toBeHidden();
});
