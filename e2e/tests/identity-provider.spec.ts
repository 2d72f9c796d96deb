import { openIdentityProvider, type TestProvider } from '@flipzon/server/test-support/identity-provider.ts';
import { photo } from '@flipzon/server/test-support/upload-image.ts';
import type { Page } from '@playwright/test';
import { expect, test } from '../fixtures.ts';
import { expectAccessible } from '../support/accessible.ts';

/** A node with a provider of its own: everyone signs in there by name. */
async function openNode(
  shop: {
    createNode(
      name: string,
      env: Record<string, string>,
    ): { url: string; warnings: readonly string[]; start(): Promise<void> } & AsyncDisposable;
  },
  more: Record<string, string> = {},
) {
  const stack = new AsyncDisposableStack();
  const provider = stack.use(await openIdentityProvider());
  const node = stack.use(
    shop.createNode('identity', { ...provider.environment, DEMO_LOGIN: 'false', ...more }),
  );
  await node.start();
  await provider.register(node.url);
  return { provider, node, [Symbol.asyncDispose]: () => stack.disposeAsync() };
}

/** The provider's own page. */
async function signInAt(provider: TestProvider, page: Page, name: string): Promise<void> {
  await expect(page).toHaveURL(new RegExp(`^${provider.issuer}/`));
  await page.getByPlaceholder('Enter any login').fill(name);
  await page.getByPlaceholder('and password').fill('any');
  await page.getByRole('button', { name: 'Sign-in' }).click();
}

test('a shopper signs in through a real OpenID provider, comes back to the sale, buys, reloads and signs out', async ({
  shop,
  operator,
  shopper,
}) => {
  await using identity = await openNode(shop);
  await operator.start({ quantity: 5 });
  const ana = await shopper({ token: null, url: identity.node.url });
  await ana.open();
  await ana.page.getByRole('main').getByRole('button', { name: 'Sign in to buy' }).click();
  await signInAt(identity.provider, ana.page, 'ana');
  await expect(ana.page).toHaveURL(`${identity.node.url}/`);
  await expect(ana.page.getByText('Signed in as ana')).toBeVisible();
  await ana.buy.click();
  await ana.expectState('confirmed');
  // The token is forgotten, and the session gives another one.
  await ana.page.evaluate(() => localStorage.removeItem('flipzon.token'));
  await ana.page.reload();
  await ana.expectState('confirmed');
  await ana.page.getByRole('button', { name: 'Sign out' }).click();
  await ana.page.reload();
  await expect(ana.page.getByRole('main').getByRole('button', { name: 'Sign in to buy' })).toBeVisible();
});

test('my token expires in the middle of a press: the same request is asked again with the next token', async ({
  shop,
  operator,
  shopper,
}) => {
  await using identity = await openNode(shop);
  await operator.start({ quantity: 5 });
  const ana = await shopper({ token: null, url: identity.node.url });
  await ana.open();
  await ana.page.getByRole('main').getByRole('button', { name: 'Sign in to buy' }).click();
  await signInAt(identity.provider, ana.page, 'ana');
  await expect(ana.buy).toBeEnabled();
  // Without a socket each press carries the token, of which the shop here says once that it has expired.
  await ana.page.routeWebSocket(/socket\.io/, (socket) => socket.close());
  await ana.page.reload();
  let refused = 0;
  let renewed = 0;
  await ana.page.route('**/buy', async (route) => {
    if (refused++ > 0) return route.continue();
    await route.fulfill({
      status: 401,
      contentType: 'application/problem+json',
      body: JSON.stringify({ code: 'unauthenticated', status: 401, type: 'x', title: 'x' }),
    });
  });
  await ana.page.route('**/auth/refresh*', async (route) => {
    renewed += 1;
    await route.continue();
  });
  await ana.buy.click();
  await ana.expectState('confirmed');
  expect([refused, renewed]).toEqual([2, 1]);
  expect(new Set(ana.buysSent).size).toBe(1);
});

test('an operator signs in to the console by a role of the provider; a viewer sees it and is offered no step', async ({
  shop,
  operator,
  browser,
}) => {
  await using identity = await openNode(shop);
  const { url } = identity.node;
  await operator.start({ quantity: 5 });
  identity.provider.people.set('olga', { role: 'operator' });
  identity.provider.people.set('vera', { role: ['staff', 'viewer'] });
  for (const name of ['olga', 'vera']) {
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.goto(`${url}/console#watch`);
    await page.getByRole('link', { name: 'Continue to sign in' }).click();
    await signInAt(identity.provider, page, name);
    await expect(page).toHaveURL(`${url}/console#watch`);
    await expect(page.getByText(name)).toBeVisible();
    await page.goto(`${url}/console#control`);
    await expect(page.getByRole('heading', { name: 'Manage sale' })).toBeVisible();
    const pause = page.getByRole('button', { name: /^Pause/ });
    if (name === 'olga') await expect(pause).toBeVisible();
    else {
      await expect(page.getByText('You can see everything here and change nothing.')).toBeVisible();
      await expect(pause).toBeHidden();
    }
    await context.close();
  }
});

test('the page says what is wrong when the provider does not answer, or a person has no access, and offers another try', async ({
  shop,
  shopper,
}) => {
  await using identity = await openNode(shop);
  const { url } = identity.node;
  const ana = await shopper({ token: null, url });
  await ana.page.goto(`${url}/auth/login?as=operator&return=/console`);
  await signInAt(identity.provider, ana.page, 'ana');
  await expect(ana.page.getByRole('heading', { name: 'You are not signed in' })).toBeVisible();
  await expect(ana.page.getByText('this account has no access here')).toBeVisible();
  const again = ana.page.getByRole('link', { name: 'Try again' });
  await expect(again).toHaveAttribute('href', '/auth/login?as=operator&return=%2Fconsole');
});

/** What an owner enters for tickets in two categories, and schedules after a look at the preview. */
async function scheduleTickets(owner: Page): Promise<void> {
  await owner.getByRole('link', { name: 'Sales', exact: true }).click();
  await owner.getByRole('radio', { name: /^Save as draft/ }).check();
  await owner.getByLabel('Product', { exact: true }).fill('Concert');
  await owner.getByLabel('Price', { exact: true }).fill('89.90');
  await owner.getByLabel('Currency').selectOption('EUR');
  const chooser = owner.waitForEvent('filechooser');
  await owner.getByRole('button', { name: 'Add images' }).press('Enter');
  const buffer = await photo(120, { width: 640, height: 480 });
  await (await chooser).setFiles({ name: 'stage.jpg', mimeType: 'image/jpeg', buffer });
  await owner.getByLabel('Alternative text 1').fill('The stage');
  await owner.getByRole('button', { name: 'Add variants' }).click();
  for (const [index, name] of ['Hall', 'Balcony'].entries()) {
    const variant = owner.getByRole('group', { name: `Variant ${index + 1}` });
    await variant.getByLabel('Name').fill(name);
    await variant.getByLabel('Units').fill('20');
  }
  await owner.getByRole('button', { name: 'Save draft' }).click();
  await expect(owner.getByText('The draft is saved.')).toBeVisible();
  const draft = owner.getByTestId('drafts').getByRole('listitem');
  const opened = owner.waitForEvent('popup');
  await draft.getByRole('link', { name: 'Preview' }).click();
  const preview = await opened;
  await expect(preview.getByRole('heading', { name: 'Concert' })).toBeVisible();
  await expect(preview.getByRole('img', { name: 'The stage' })).toBeVisible();
  await expect(preview.getByText('€89.90').first()).toBeVisible();
  for (const name of ['Hall', 'Balcony'])
    await expect(preview.getByRole('radio', { name: new RegExp(`^${name}`) })).toBeVisible();
  await preview.close();
  await draft.getByRole('button', { name: 'Edit' }).click();
  await owner.getByRole('radio', { name: /^Schedule for later/ }).check();
  await owner.getByRole('button', { name: 'Schedule sale' }).click();
  const plan = owner.getByTestId('plans').getByRole('listitem');
  await expect(plan.filter({ hasText: 'Concert' })).toHaveCount(1);
  await owner.getByRole('link', { name: 'Control', exact: true }).click();
}

test('an owner signs in through a real OpenID provider for the first time, schedules a ticket product with two variants and an image, and an operator whom they remove is out at once', async ({
  shop,
  operator,
  browser,
}) => {
  await using identity = await openNode(shop);
  const { url } = identity.node;
  await operator.start({ quantity: 5 });
  const link = /http:\S+\/auth\/first-owner\?key=[\w.-]+/.exec(identity.node.warnings.join())?.[0] ?? '';
  await using contexts = new AsyncDisposableStack();
  const enter = async () => {
    const context = contexts.adopt(await browser.newContext(), (each) => each.close());
    return context.newPage();
  };
  const owner = await enter();
  await owner.goto(link);
  await signInAt(identity.provider, owner, 'olga');
  await expect(owner).toHaveURL(`${url}/console`);
  await expect(owner.getByTestId('people')).toContainText('olga');
  await scheduleTickets(owner);
  await owner.getByLabel('E-mail address').fill('vera@example.com');
  await owner.getByLabel('Role').selectOption('operator');
  await owner.getByRole('button', { name: 'Invite' }).click();
  await expect(owner.getByText('vera@example.com can sign in now.')).toBeVisible();
  for (const colorScheme of ['light', 'dark'] as const) {
    await owner.emulateMedia({ colorScheme });
    await expectAccessible(owner, `the people of the console, ${colorScheme}`);
  }

  identity.provider.people.set('vera', { email: 'vera@example.com', email_verified: true });
  const invited = await enter();
  await invited.goto(`${url}/console`);
  await invited.getByRole('link', { name: 'Continue to sign in' }).click();
  await signInAt(identity.provider, invited, 'vera');
  await expect(invited.getByRole('button', { name: /^Pause/ })).toBeVisible();
  await expect(invited.getByTestId('people')).toBeHidden();

  await owner.getByRole('button', { name: 'Remove vera@example.com' }).click();
  await expect(owner.getByText('vera@example.com was removed.')).toBeVisible();
  await expect(invited.getByRole('link', { name: 'Continue to sign in' })).toBeVisible();
});
