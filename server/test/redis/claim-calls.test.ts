import { expect, test } from 'vitest';
import { type BuyToDecide, ClaimCalls } from '../../src/redis/claim-calls.ts';
import type { ClaimOutcome } from '../../src/sale/ledger-ports.ts';

const at = { saleId: 's', epoch: 1 };

/** Calls that end when the test says so, in the order in which they were made. */
function heldCalls() {
  const made: { customers: string[]; answer: () => void; fail: () => void }[] = [];
  const calls = new ClaimCalls(
    (_at, buys: readonly BuyToDecide[]) =>
      new Promise<ClaimOutcome[]>((resolve, reject) => {
        made.push({
          customers: buys.map(({ customerId }) => customerId),
          answer: () => resolve(buys.map(() => ({ code: 'sold_out' }))),
          fail: () => reject(new Error('Redis is gone')),
        });
      }),
  );
  const buy = (customerId: string) => calls.decide(at, { customerId, requestId: 'r', arrivedAt: 0 });
  return { made, calls, buy, customers: () => made.map(({ customers }) => customers) };
}

/** One turn of the event loop, with what it had put off. */
const turn = () => new Promise((resolve) => setImmediate(resolve));

test('buys of one turn go in one call; those that come while two are under way are gathered for the next', async () => {
  const { made, calls, buy, customers } = heldCalls();
  const first = [buy('a'), buy('b')];
  await turn();
  void buy('c');
  await turn();
  expect(customers()).toEqual([['a', 'b'], ['c']]);
  const gathered = [buy('d')];
  await turn();
  gathered.push(buy('e'));
  expect(customers()).toHaveLength(2);

  made[0]?.answer();
  expect(await Promise.all(first)).toEqual([{ code: 'sold_out' }, { code: 'sold_out' }]);
  expect(customers()).toEqual([['a', 'b'], ['c'], ['d', 'e']]);
  for (const { answer } of made) answer();
  await Promise.all(gathered);
  expect(calls.open).toBe(0);
});

test('a buy does not wait for calls that are not answered', async () => {
  const { buy, customers } = heldCalls();
  for (const customer of ['a', 'b', 'c']) {
    void buy(customer);
    await turn();
  }
  await expect.poll(customers).toEqual([['a'], ['b'], ['c']]);
});

test('a call that fails takes none of the waiting with it', async () => {
  const { made, buy, customers } = heldCalls();
  const lost = buy('a');
  await turn();
  void buy('b');
  await turn();
  const waiting = buy('c');
  made[0]?.fail();
  await expect(lost).rejects.toThrow('Redis is gone');
  await expect.poll(customers).toEqual([['a'], ['b'], ['c']]);
  made[2]?.answer();
  expect(await waiting).toEqual({ code: 'sold_out' });
});

test('more than 64 go in several calls, two at a time, none of which holds the others up', async () => {
  const { made, buy, customers } = heldCalls();
  const buys = Array.from({ length: 150 }, (_, i) => buy(`c${i}`));
  await turn();
  expect(customers().map(({ length }) => length)).toEqual([64, 64]);
  await expect.poll(() => customers().map(({ length }) => length)).toEqual([64, 64, 22]);
  for (const { answer } of made) answer();
  await Promise.all(buys);
  void buy('next');
  await turn();
  expect(customers().at(-1)).toEqual(['next']);
});

test('when a crowd comes at once, each call that ends lets the next 64 through', async () => {
  const { made, buy, customers } = heldCalls();
  const buys = Array.from({ length: 64 * 5 }, (_, i) => buy(`c${i}`));
  await turn();
  expect(made).toHaveLength(2);
  made[0]?.answer();
  await buys[0];
  expect(customers().map(([first]) => first)).toEqual(['c0', 'c64', 'c128']);
  // A buy waits 20 ms at most, also while none of the calls ends.
  await expect.poll(() => customers().map(([first]) => first)).toEqual(['c0', 'c64', 'c128', 'c192', 'c256']);
  for (const { answer } of made) answer();
  await Promise.all(buys);
});
