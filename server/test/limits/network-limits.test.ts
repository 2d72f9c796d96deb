import { BlockList } from 'node:net';
import { expect, it } from 'vitest';
import { NetworkLimits, networksMax } from '../../src/limits/network-limits.ts';

const rates = { sockets: 1, connects: { points: 10, perMs: 1_000 }, buys: { points: 10, perMs: 1_000 } };
const limitsOf = () =>
  new NetworkLimits({
    perAddress: rates,
    perSubnet: { ...rates, sockets: 1_000 },
    crowdSockets: 1_000,
    unlimited: new BlockList(),
  });
const addressOf = (index: number) => `10.${index >> 16}.${(index >> 8) & 255}.${index & 255}`;
const full = { reason: 'network_sockets', retryAfterMs: expect.any(Number) };

it('keeps so many networks in mind at most, and first forgets those that nobody uses', () => {
  const limits = limitsOf();
  const inUse = limits.at('192.0.2.1', 0);
  inUse.entered();
  for (let index = 0; index < networksMax + 1_000; index++) {
    limits.at(addressOf(index), 0);
    if (limits.size > networksMax) expect.fail(`${limits.size} networks after ${index} addresses`);
  }
  expect(limits.size).toBeLessThan(networksMax / 2);
  expect(limits.at('192.0.2.1', 0).connect(0)).toEqual(full);
  inUse.left();
  expect(limits.at('192.0.2.1', 0).connect(0)).toBeNull();
});

it('when all are in use, those go that have been known for longest', () => {
  const limits = limitsOf();
  for (let index = 0; index < networksMax; index++) limits.at(addressOf(index), 0).entered();
  expect(limits.size).toBeLessThanOrEqual(networksMax);
  expect(limits.at(addressOf(networksMax - 1), 0).connect(0)).toEqual(full);
  expect(limits.at(addressOf(0), 0).connect(0)).toBeNull();
});
