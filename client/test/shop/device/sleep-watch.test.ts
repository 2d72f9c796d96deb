import { expect, test } from 'vitest';
import { createSleepWatch } from '../../../src/shop/device/sleep-watch.ts';

function deviceOf() {
  const clocks = { page: 500, device: 1_700_000_000_000 };
  const woken: number[] = [];
  const look = createSleepWatch({
    clock: () => clocks.page,
    deviceClock: () => clocks.device,
    onWake: () => woken.push(clocks.page),
  });
  return {
    woken,
    /** Time that both clocks see, and time that only the device's does. */
    pass(ms: number, asleepMs = 0) {
      clocks.page += ms;
      clocks.device += ms + asleepMs;
      look();
    },
  };
}

test('while both clocks run alike, however long, nothing is measured again', () => {
  const device = deviceOf();
  for (let look = 0; look < 100; look += 1) device.pass(3_600_000, 5);
  expect(device.woken).toEqual([]);
});

test('a sleep in which the page’s clock stood still is noticed at the next look, once', () => {
  const device = deviceOf();
  device.pass(1000);
  device.pass(20, 60_000);
  device.pass(1000);
  expect(device.woken).toEqual([1520]);
});

test('a clock that creeps away is noticed when it is a second off, and again a second later', () => {
  const device = deviceOf();
  for (let look = 0; look < 25; look += 1) device.pass(1000, 100);
  expect(device.woken).toHaveLength(2);
});
