import { randomBytes } from 'node:crypto';
import { expect, inject, it, onTestFinished } from 'vitest';
import { connectMongo } from '../../src/mongo/connection.ts';
import { createModels } from '../../src/mongo/models.ts';
import { createPlanStore } from '../../src/mongo/plan-store.ts';
import { createSaleStore } from '../../src/mongo/sale-store.ts';
import { saleOf } from '../_support/sale-of.ts';

it('a plan is dropped or becomes a sale, whichever happens first', async () => {
  const connection = await connectMongo(
    inject('mongodbUri'),
    `test_${randomBytes(6).toString('hex')}`,
    () => undefined,
  );
  onTestFinished(() => connection.close());
  const models = await createModels(connection);
  const plans = createPlanStore(models);
  const sales = createSaleStore(models);
  const plan = async (id: string) => {
    const { terms, ...sale } = saleOf(id);
    const planned = { ...sale, quantity: terms.quantity, startsAt: 1, endsAt: null, createdBy: 'olga' };
    await plans.add(planned);
    return planned;
  };

  const dropped = await plan('dropped');
  expect(await plans.drop(dropped)).toBe(true);
  expect(await sales.create(saleOf('dropped'), 'olga', null)).toBe('dropped');
  expect(await sales.current()).toBeNull();
  // As after a node that died before it had removed the plan.
  expect(await plans.drop(dropped)).toBe(true);

  const made = await plan('made');
  expect(await sales.create(saleOf('made'), 'olga', null)).toBe('created');
  expect(await plans.drop(made)).toBe(false);
  expect((await sales.current())?.id).toBe('made');

  for (let round = 0; round < 10; round++) {
    const id = `both-${round}`;
    const both = await plan(id);
    const previous = (await sales.current())?.id ?? null;
    const sale = { ...saleOf(id), createdAt: 2 + round };
    const [gone, outcome] = await Promise.all([plans.drop(both), sales.create(sale, 'olga', previous)]);
    expect(outcome).toBe(gone ? 'dropped' : 'created');
    expect((await sales.byId(id)) === null).toBe(gone);
  }
});
