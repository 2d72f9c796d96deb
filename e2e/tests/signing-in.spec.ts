import { expect, test } from '../fixtures.ts';

const dayMs = 24 * 60 * 60 * 1000;

for (const { what, issuedAtMs, spoil } of [
  { what: 'has expired', issuedAtMs: Date.now() - 2 * dayMs, spoil: (token: string) => token },
  {
    what: 'is not genuine',
    issuedAtMs: Date.now(),
    spoil: (token: string) => `${token.slice(0, -8)}AAAAAAAA`,
  },
]) {
  test(`a customer with a token that ${what} is asked to sign in, and is back in the sale`, async ({
    shop,
    operator,
    shopper,
  }) => {
    await operator.start({ quantity: 5 });
    const token = spoil(await shop.token('ana', 'customer', issuedAtMs));
    const ana = await shopper({ token });
    await ana.open();
    await ana.expectState('signed_out');
    const form = ana.page.getByRole('form', { name: 'Sign in to buy' });
    await expect(form).toContainText('Your session has expired.');
    const field = form.getByLabel('Customer ID');
    await expect(field).toBeFocused();
    await ana.expectRemaining(5);
    await field.fill(ana.customerId);
    await form.getByRole('button', { name: 'Sign in' }).click();

    await ana.expectState('live');
    await expect(ana.page.getByText(`Signed in as ${ana.customerId}`)).toBeVisible();
    await expect(ana.buy).toBeFocused();
    await expect(ana.buy).toBeEnabled();
    await ana.buy.click();
    await ana.expectState('confirmed');
    await ana.page.reload();
    await ana.expectState('confirmed');
  });
}

for (const viewport of [
  { width: 1280, height: 800 },
  { width: 390, height: 844 },
]) {
  test(`on a screen of ${viewport.width} by ${viewport.height}, the whole form to sign in is in view when it opens`, async ({
    operator,
    shopper,
  }) => {
    await operator.start({ quantity: 5 });
    const ana = await shopper({ token: null, viewport });
    await ana.open();
    await ana.page.getByRole('main').getByRole('button', { name: 'Sign in to buy' }).click();
    await expect(ana.page.getByRole('form', { name: 'Sign in to buy' })).toBeInViewport({ ratio: 1 });
    await expect(ana.page.getByLabel('Customer ID')).toBeFocused();
  });
}

test('when my token expires while I wait, the page asks me to sign in and nothing is lost', async ({
  shop,
  operator,
  shopper,
}) => {
  const sale = await operator.start({ quantity: 5 });
  const secondsLeft = 12;
  const customerId = `expiring-${Date.now()}`;
  const token = await shop.token(customerId, 'customer', Date.now() - dayMs + secondsLeft * 1000);
  const ana = await shopper({ customerId, token });
  await ana.open();
  await expect(ana.buy).toBeEnabled();
  const { url } = shop.nodes[0];
  await expect
    .poll(
      async () => (await fetch(`${url}/orders/me`, { headers: { authorization: `Bearer ${token}` } })).status,
    )
    .toBe(401);
  await ana.expectState('signed_out');
  const field = ana.page.getByLabel('Customer ID');
  await expect(field).toBeFocused();
  await field.fill(customerId);
  await field.press('Enter');
  await expect(ana.buy).toBeEnabled();
  await ana.buy.click();
  await ana.expectState('confirmed');
  expect(await operator.orders(sale.id)).toHaveLength(1);
});

test('signing out in one tab signs out the other', async ({ operator, shopper }) => {
  await operator.start({ quantity: 5 });
  const ana = await shopper();
  await ana.open();
  const tab = await ana.secondTab();
  await expect(tab.buy).toBeEnabled();
  await ana.page.getByRole('button', { name: 'Sign out' }).click();
  await expect(tab.page.getByRole('button', { name: 'Sign in to buy' })).toBeEnabled();
  await expect(tab.page.getByText('Signed in as')).toBeHidden();
});

test('I sign in before there is any sale, with any name in a demo', async ({ shop, shopper }) => {
  await using fresh = shop.createNode('fresh', { MONGODB_DATABASE: 'fresh' });
  await fresh.start();
  const ana = await shopper({ token: null, url: fresh.url });
  await ana.visit();
  await expect(ana.page.getByText('No sale yet')).toBeVisible();
  await ana.page.getByRole('button', { name: 'Sign in' }).click();
  const form = ana.page.getByRole('form', { name: 'Sign in to buy' });
  await expect(form).toContainText('any name works');
  await form.getByLabel('Customer ID').fill('Ana from the street');
  await form.getByRole('button', { name: 'Sign in' }).click();
  await expect(ana.page.getByText('Signed in as Ana from the street')).toBeVisible();
  await ana.page.getByRole('button', { name: 'My orders' }).click();
  await expect(ana.page.getByRole('dialog')).toContainText('No orders yet.');
});

test('the shop blocks me: the page says so, I still see the sale and my orders, and am not asked to sign in', async ({
  operator,
  shopper,
  crowd,
}) => {
  const sale = await operator.start({ quantity: 5, perCustomer: 2 });
  const ana = await shopper();
  await ana.open();
  await ana.buy.click();
  await ana.expectState('confirmed');
  const connected = ana.page.waitForEvent('websocket');
  await operator.block(ana.customerId);
  await connected;
  await ana.expectState('confirmed');
  await expect(ana.page.locator('[data-buy]')).toHaveCount(0);

  // In the next sale there is no order in the way of saying so.
  await operator.start({ quantity: 3 });
  await ana.expectState('blocked');
  await expect(ana.page.getByTestId('message')).toContainText('The shop has blocked this account.');
  let sockets = 0;
  ana.page.on('websocket', () => {
    sockets += 1;
  });
  await ana.page.reload();
  await ana.expectState('blocked');
  const [quicker] = await crowd(1);
  expect(await quicker?.buy()).toMatchObject({ ok: true });
  await ana.expectRemaining(2);
  await ana.page.getByRole('button', { name: 'My orders' }).click();
  const [order] = await operator.orders(sale.id);
  await expect(ana.page.getByRole('dialog')).toContainText(order?.number ?? 'a number');
  // One that was refused, and one to watch with.
  expect(sockets).toBe(2);

  await operator.unblock(ana.customerId);
  await ana.page.reload();
  await ana.expectState('live');
  await expect(ana.buy).toBeEnabled();
});
