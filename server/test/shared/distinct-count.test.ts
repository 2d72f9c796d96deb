import { expect, it } from 'vitest';
import { DistinctCount } from '../../src/shared/distinct-count.ts';

const countOf = (from: number, to: number) => {
  const count = new DistinctCount();
  for (let number = from; number < to; number++) count.add(`customer-${number}`);
  return count;
};

it.each([0, 1, 3, 50])('counts %d customers exactly', (customers) => {
  expect(countOf(0, customers).estimate).toBe(customers);
});

it.each([1_000, 20_000, 200_000])('counts %d customers within 5 %%', (customers) => {
  const { estimate } = countOf(0, customers);
  expect(Math.abs(estimate - customers) / customers).toBeLessThan(0.05);
});

it('counts the same customer once, on one node or on several', () => {
  const one = countOf(0, 30);
  expect(one.add('customer-7')).toBe(false);
  const all = new DistinctCount(countOf(20, 50).bytes);
  all.merge(one);
  expect(all.estimate).toBe(50);
});
