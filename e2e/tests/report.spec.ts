import { AxeBuilder } from '@axe-core/playwright';
import { expect, test } from '../fixtures.ts';

test('once the sale is over I check on my device that my order is in its seal, and see a proof that was changed', async ({
  operator,
  shopper,
  crowd,
}) => {
  await operator.start({ quantity: 3 });
  const ana = await shopper();
  await ana.open();
  await ana.buy.click();
  await ana.expectState('confirmed');
  const check = ana.order.getByRole('button', { name: 'Verify fairness' });
  await expect(check).toBeHidden();
  for (const other of await crowd(2)) expect(await other.buy()).toMatchObject({ ok: true });
  await ana.expectRemaining(0);
  await expect(async () => {
    await check.click();
    await expect(ana.order).toContainText('Verified: 1st of 3 orders. Checked on this device.', {
      timeout: 1_000,
    });
  }).toPass();

  await ana.page.route('**/proof', async (route) => {
    const response = await route.fetch();
    const proof = await response.json();
    await route.fulfill({ json: { ...proof, leaf: proof.leaf.replace('"unit":1', '"unit":2') } });
  });
  await check.click();
  await expect(ana.order).toContainText('Verification failed. Save the proof and contact the shop.');
  await ana.page.unroute('**/proof');
  // A root that is not the published one proves nothing, however well the path leads to it.
  await ana.page.route('**/seal', async (route) => {
    const response = await route.fetch();
    await route.fulfill({ body: (await response.text()).replace(/"root":"./g, '"root":"g') });
  });
  await check.click();
  await expect(ana.order.locator('[data-proof="broken"]')).toBeVisible();
});

test('the report of a sale says how it went, as the console does, in my language, on any screen', async ({
  operator,
  shopper,
  crowd,
  operatorConsole,
}) => {
  const sale = await operator.start({ quantity: 4, price: 999 });
  const olga = await operatorConsole('olga');
  await olga.open('watch');
  await olga.expectStats({ remaining: 4, gone: 0, orders: 0 });
  const buyers = await crowd(10);
  const askAll = () => Promise.all(buyers.map((buyer) => buyer.buy({ requestId: 'the-same' })));
  const answers = await askAll();
  expect(answers.filter((answer) => answer.ok)).toHaveLength(4);
  // Each repeats the same request: customers with a unit get it again, and the others are refused again.
  const untimed = (answer: object) => ({ ...answer, arrivedAt: undefined, soldOutAt: undefined });
  expect((await askAll()).map(untimed)).toEqual(answers.map(untimed));
  const reader = await shopper({ viewport: { width: 320, height: 640 }, token: null });
  await reader.visit(`/sales/${sale.id}/report`);
  const { page } = reader;
  await expect(page.locator('[data-report="sealed"]')).toBeVisible();
  await expect(page.getByTestId('sold')).toHaveText('4');
  const told = { sold_out: 12, claimed: 4, replayed: 4 };
  await expect(page.getByText('Buy requests answered').locator('..')).toContainText('20');
  for (const [outcome, count] of Object.entries(told)) {
    const row = page.locator(`[data-outcome="${outcome}"]`);
    await expect(row).toContainText(`${count} ${5 * count}%`);
    await expect(olga.page.locator(`data[data-outcome="${outcome}"]`)).toHaveAttribute(
      'value',
      String(count),
    );
    // All bars are drawn on one scale.
    const [bar, box] = await Promise.all(
      [row.locator('[data-bar] > div'), row.locator('[data-bar]')].map((one) => one.boundingBox()),
    );
    expect((bar?.width ?? 0) / (box?.width ?? 1)).toBeCloseTo(count / 20, 2);
  }
  await expect(page.locator('[data-outcome]')).toHaveText([/^Sold out/, /^Got a unit/, /^Repeated/]);
  await expect(page.getByTestId('root')).toHaveText(/^[0-9a-f]{64}$/);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
  }
  await page.getByLabel('Language').selectOption('ar');
  await expect(page.getByRole('heading', { name: 'ختم العدالة' })).toBeVisible();
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
  // Opened in the reader’s own zone, which is named, and in UTC.
  await page.getByLabel('اللغة').selectOption('en');
  await expect(page.getByText(/^Opened .+ (GMT\+5:30|IST) · .+ UTC$/)).toBeVisible();
  const never = await operator.start({ startsAt: '2099-12-31T18:30:00.000Z' });
  await operator.end(never.id, 'The supplier has called it back.');
  await reader.visit(`/sales/${never.id}/report`);
  await expect(page.getByText(/^Ended .+ UTC, before it opened$/)).toBeVisible();
  await expect(page.getByText('The supplier has called it back.')).toBeVisible();
  await expect(page.getByText(/^Opens /)).toBeHidden();
  await expect(page.locator('[data-report="sealed"]')).toBeVisible();
  await expect(page.getByText('No order has a known time of arrival')).toBeVisible();
  await expect(page.getByText('There were no buy requests.')).toBeVisible();
  await expect(page.getByText('Available when the sale is over.')).toBeHidden();
  await reader.visit('/sales/20300101-0000000000/report');
  await expect(page.locator('[data-report="not_found"]')).toBeVisible();
});
