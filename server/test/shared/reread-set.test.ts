import { expect, it } from 'vitest';
import { RereadSet } from '../../src/shared/reread-set.ts';

/** A set whose readings end when the test says so, in any order. */
function openSet() {
  const readings: ((ids: string[]) => void)[] = [];
  const set = new RereadSet({
    all: () => new Promise((resolve) => readings.push(resolve)),
    onError: (error) => expect.unreachable(String(error)),
  });
  return { set, readings };
}

it('has what a reading found, although another one has begun since', async () => {
  const { set, readings } = openSet();
  using _ = set;
  const first = set.refresh();
  const second = set.refresh();
  readings[0]?.(['mallory']);
  await first;
  expect(set.has('mallory')).toBe(true);
  readings[1]?.([]);
  await second;
  expect(set.has('mallory')).toBe(false);
});

it('keeps what a later reading found, when an earlier one ends after it', async () => {
  const { set, readings } = openSet();
  using _ = set;
  const reads = [set.refresh(), set.refresh()];
  readings[1]?.(['mallory']);
  await reads[1];
  readings[0]?.([]);
  await reads[0];
  expect(set.has('mallory')).toBe(true);
});

it('calls no listener once it is disposed of', async () => {
  const { set, readings } = openSet();
  let changes = 0;
  set.onChange(() => changes++);
  const read = set.refresh();
  set[Symbol.dispose]();
  readings[0]?.(['mallory']);
  await read;
  expect(changes).toBe(0);
});
