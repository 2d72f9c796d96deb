import { expect, test } from 'vitest';
import { type Options, parseArguments } from '../../../crowd/plan/arguments.ts';
import { cutShards } from '../../../crowd/shards/shards.ts';

function options(...argv: string[]): Options {
  const parsed = parseArguments(argv);
  if (parsed.code !== 'run') throw new Error(parsed.text);
  return parsed.options;
}

test('every buyer and spectator is in exactly one shard', () => {
  const shards = cutShards(
    options('--buyers', '5001', '--spectators', '1000', '--processes', '3'),
    undefined,
  );
  const numbers = shards.flatMap(({ buyersFrom, buyers }) =>
    Array.from({ length: buyers }, (_, i) => buyersFrom + i),
  );
  expect(numbers).toEqual(Array.from({ length: 5001 }, (_, i) => i));
  expect(shards.reduce((total, { spectators }) => total + spectators, 0)).toBe(1000);
});

test('each shard has its share of HTTP buyers', () => {
  const shards = cutShards(options('--buyers', '1000', '--http-share', '0.3'), 'secret');
  expect(shards.map(({ httpBuyers }) => httpBuyers)).toEqual([150, 150]);
  expect(shards.every(({ secret }) => secret === 'secret')).toBe(true);
});

test('more than 15,000 sockets on loopback come from several addresses; elsewhere the system chooses', () => {
  expect(cutShards(options('--buyers', '14000'), undefined)[0]?.localAddresses).toEqual([]);
  expect(cutShards(options('--buyers', '40000'), undefined)[0]?.localAddresses).toEqual([
    '127.0.0.1',
    '127.0.0.2',
    '127.0.0.3',
  ]);
  expect(
    cutShards(options('--buyers', '40000', '--url', 'http://10.0.0.1'), undefined)[0]?.localAddresses,
  ).toEqual([]);
});
