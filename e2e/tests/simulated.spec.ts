import { expect, test } from '../fixtures.ts';

test('a simulated crowd is called one, in the shop and on the board; a real one is not', async ({
  operator,
  shopper,
}) => {
  await operator.start({ quantity: 5, simulated: true });
  const ana = await shopper({ token: null });
  for (const path of ['/', '/board']) {
    await ana.open(path);
    await ana.expectRemaining(5);
    await expect(ana.page.getByTestId('simulated')).toContainText('Simulated crowd');
    await expect(ana.page.getByTestId('simulated')).toBeInViewport();
  }
  await operator.start({ quantity: 6 });
  await ana.expectRemaining(6);
  await expect(ana.page.getByTestId('simulated')).toBeHidden();
});
