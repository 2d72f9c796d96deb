import { expect, test } from '../fixtures.ts';
import { expectAccessible } from '../support/accessible.ts';

test('I find a customer over all sales, cancel their order, block them, and find the steps in the filtered activity', async ({
  operator,
  operatorConsole,
  crowd,
}) => {
  const sale = await operator.start({ quantity: 5 });
  const [ana] = await crowd(2);
  expect(await ana?.buy()).toMatchObject({ ok: true });
  const customerId = ana?.customerId ?? '';
  const olga = await operatorConsole('olga', { viewport: { width: 1280, height: 900 } });
  await olga.open('customers');
  const { page } = olga;
  const search = page.getByRole('region', { name: 'Find orders' });
  await search.getByRole('searchbox', { name: 'Customer or order' }).fill(customerId.slice(0, -1));
  await search.getByRole('button', { name: 'Search' }).click();
  await expect(search.getByRole('row', { name: /iPhone/ }).first()).toContainText(customerId);
  await search.getByRole('link', { name: customerId }).click();

  const customer = page.getByTestId('customer');
  await expect(customer).toBeFocused();
  await expect(customer.getByText('This customer may buy.')).toBeVisible();
  await expect(customer.getByText('1 purchase in total')).toBeVisible();
  await customer.getByRole('button', { name: 'Cancel the order' }).click();
  const dialog = page.getByRole('dialog', { name: 'Cancel an order' });
  await dialog.getByLabel('Type cancel to confirm').fill('cancel');
  await dialog.getByRole('button', { name: 'Cancel an order' }).click();
  await expect(customer.getByRole('row', { name: /iPhone/ })).toContainText('Cancelled');
  await expect(customer).toBeFocused();

  await customer.getByLabel('Reason (for the activity log)').fill('Resells');
  await customer.getByRole('button', { name: 'Block', exact: true }).click();
  await expect(customer.getByText(/^Blocked by .*olga/)).toBeVisible();
  const blocked = page.getByTestId('blocked').getByRole('listitem').filter({ hasText: customerId });
  await expect(blocked).toContainText(/olga.*Resells/);
  await expectAccessible(page, 'customers');
  await blocked.getByRole('button', { name: `Unblock ${customerId}` }).click();
  await expect(blocked).toBeHidden();

  await olga.goTo('Control');
  await page.getByText('Filter', { exact: true }).click();
  await page.getByLabel('Step').selectOption('blocked a customer');
  await page.getByLabel('Sale', { exact: true }).fill('');
  await page.getByRole('button', { name: 'Apply' }).click();
  await expect(olga.log.filter({ hasText: customerId })).toHaveText(/blocked a customer.*Resells/s);
  await expect(olga.log.filter({ hasText: 'created the sale' })).toHaveCount(0);
  await expectAccessible(page, 'filter');

  await olga.goTo('Results');
  await expect(page.getByTestId('sales').getByRole('row', { name: sale.id })).toContainText(
    String(new Date().getFullYear()),
  );
});
