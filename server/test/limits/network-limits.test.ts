import { BlockList } from 'node:net';
import { expect, it } from 'vitest';
import { NetworkLimits, networksMax } from '../../src/limits/network-limits.ts';

const ten = { points: 10, perMs: 1_000 };
const rates = { sockets: 1, connects: ten, buys: ten, requests: ten };
const limitsOf = () =>
  new NetworkLimits({
    perAddress: rates,
    perSubnet: { ...rates, sockets: 1_000 },
    crowdSockets: 1_000,
    unlimited: new BlockList(),
  });
const addressOf = (index: number) => `10.${index >> 16}.${(index >> 8) & 255}.${index & 255}`;
const full = { reason: 'network_sockets', retryAfterMs: expect.any(Number) };

it('remembers a bounded number of networks, and first forgets unused ones', () => {
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

it('counts connections beside sockets, and requests beside buys', () => {
  const limits = limitsOf();
  const here = limits.at('192.0.2.1', 0);
  expect([here.open(), here.open(), here.open()]).toEqual([true, true, false]);
  here.closed();
  expect(here.open()).toBe(true);
  expect(Array.from({ length: 12 }, () => here.takeRequest(0)).map((wait) => wait === 0)).toEqual([
    ...Array(10).fill(true),
    ...[false, false],
  ]);
  expect([here.takeRequest(100), here.takeBuy(0)]).toEqual([0, 0]);
  expect(limits.at('198.51.100.2', 0).takeRequest(0)).toBe(0);
});

it('counts an unlimited address if it stands for unreadable ones', () => {
  const unlimited = new BlockList();
  unlimited.addSubnet('10.0.0.0', 8, 'ipv4');
  const limits = new NetworkLimits({ perAddress: rates, perSubnet: rates, crowdSockets: 1, unlimited });
  for (let i = 0; i < 20; i++) expect(limits.at('10.0.0.1', 0).takeBuy(0)).toBe(0);
  for (let i = 0; i < 10; i++) expect(limits.at('10.0.0.1', 0, true).takeBuy(0)).toBe(0);
  expect(limits.at('10.0.0.1', 0, true).takeBuy(0)).toBeGreaterThan(0);
});
