import { expect, test } from '../fixtures.ts';
import { FaultyConnection } from '../support/faulty-connection.ts';
import { buysPerWindow } from '../support/open-shop.ts';

test('of 10 shoppers for 3 units exactly 3 win, and 7 see that it is sold out', async ({
  operator,
  shoppers,
}) => {
  // Ten browsers on the two cores of a busy machine take their time.
  test.slow();
  const sale = await operator.start({ quantity: 3 });
  const all = await shoppers(10);
  await Promise.all(all.map((shopper) => shopper.open()));
  for (const shopper of all) {
    await expect(shopper.buy).toBeEnabled();
    await shopper.buy.focus();
  }
  await Promise.all(all.map((shopper) => shopper.page.keyboard.press('Enter')));

  for (const shopper of all) {
    await shopper.expectState(/^(confirmed|lost|sold_out)$/);
    await shopper.expectRemaining(0);
  }
  const units: number[] = [];
  let toldSoldOut = 0;
  for (const shopper of all) {
    const won = await shopper.order.isVisible();
    if (won) {
      units.push(Number((await shopper.order.getByRole('heading').textContent())?.match(/\d+/)?.[0]));
    } else {
      await expect(shopper.page.getByRole('button', { name: 'Sold out' })).toBeDisabled();
      // The last words are those of a page that heard of the last unit before its key was pressed.
      await expect(shopper.page.getByTestId('message')).toContainText(
        /Sold out before your click reached us\.|Every unit is sold\.|Sold out .+ after opening\./,
      );
      toldSoldOut += 1;
    }
  }
  expect(units.sort()).toEqual([1, 2, 3]);
  expect(toldSoldOut).toBe(7);
  expect(await operator.orders(sale.id)).toHaveLength(3);
});

test('when the last unit goes while I click, the page says so', async ({ operator, shopper, crowd }) => {
  const sale = await operator.start({ quantity: 1 });
  const ana = await shopper();
  const connection = await FaultyConnection.between(ana.page);
  await ana.open();
  await expect(ana.buy).toBeEnabled();
  // The news of the last unit is still on its way when Ana presses.
  connection.holdToPage(/^42\["(stock|sale)"/);
  const [quicker] = await crowd(1, { node: 1 });
  expect(await quicker?.buy()).toMatchObject({ ok: true });
  await connection.expectHeld(/^42\["stock"/);
  await ana.expectRemaining(1);
  await ana.buy.click();

  await ana.expectState('lost');
  const message = ana.page.getByTestId('message');
  await expect(message).toContainText('Sold out before your click reached us.');
  await expect(message).toContainText(
    /Your click reached the shop at [\d:.]+\. The last unit was claimed at [\d:.]+\./,
  );
  connection.release();
  await ana.expectRemaining(0);
  await ana.expectState('lost');
  await expect(ana.page.getByRole('button', { name: 'Sold out' })).toBeDisabled();
  expect((await operator.orders(sale.id)).map((order) => order.customerId)).toEqual([quicker?.customerId]);
});

test('a spectator on another node sees the count fall to the true number', async ({
  operator,
  shopper,
  crowd,
}) => {
  const quantity = 100;
  await operator.start({ quantity });
  const watcher = await shopper({ node: 1, token: null });
  await watcher.open();
  await watcher.expectRemaining(quantity);
  await expect(watcher.page.getByRole('button', { name: 'Sign in to buy' })).toBeEnabled();
  const buyers = await crowd(40, { node: 0 });
  await expect(watcher.page.getByTestId('connected')).toHaveText('41 watching');

  for (let from = 0; from < buyers.length; from += 10) {
    const answers = await Promise.all(buyers.slice(from, from + 10).map((buyer) => buyer.buy()));
    expect(answers.every((answer) => answer.ok)).toBe(true);
    await watcher.expectRemaining(quantity - from - 10);
  }
  const { counts } = await watcher.recording();
  expect(counts.length).toBeGreaterThanOrEqual(5);
  expect(counts).toEqual([...counts].sort((a, b) => b - a));
  expect(counts.at(-1)).toBe(60);
});

test('a customer who presses too often sees how long to wait, and Buy comes back by itself', async ({
  operator,
  shopper,
  crowd,
}) => {
  await operator.start({ quantity: 5 });
  const ana = await shopper({ node: 1 });
  await ana.open();
  await expect(ana.buy).toBeEnabled();
  // Ana's presses on another node count too; these are for another sale, so that none of them wins.
  const [elsewhere] = await crowd(1, { customerId: ana.customerId, node: 0 });
  for (let press = 0; press < buysPerWindow; press += 1) {
    expect(await elsewhere?.buy({ saleId: 'another-sale' })).toMatchObject({ code: 'sale_not_active' });
  }
  await ana.buy.click();
  await ana.expectState('rate_limited');
  await expect(ana.page.getByTestId('message')).toContainText(/Try again in [1-6] s\./);
  await expect(ana.page.getByRole('button', { name: 'One moment…' })).toBeDisabled();

  await expect(ana.buy).toBeEnabled();
  await ana.expectState('live');
  await ana.buy.click();
  await ana.expectState('confirmed');
});
