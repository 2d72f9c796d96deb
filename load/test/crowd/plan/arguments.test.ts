import { expect, test } from 'vitest';
import { type Options, parseArguments } from '../../../crowd/plan/arguments.ts';

function options(...argv: string[]): Options {
  const parsed = parseArguments(argv);
  if (parsed.code !== 'run') throw new Error(parsed.text);
  return parsed.options;
}

test('without arguments: 5000 shoppers and 1000 spectators at a new sale of 1000', () => {
  expect(options()).toMatchObject({
    url: ['http://127.0.0.1:3000'],
    buyers: 5000,
    spectators: 1000,
    quantity: 1000,
    sale: 'new',
    processes: 2,
    label: false,
  });
});

test('several nodes, and only their origins', () => {
  expect(options('--url', 'http://127.0.0.1:3001/, https://shop.example/x').url).toEqual([
    'http://127.0.0.1:3001',
    'https://shop.example',
  ]);
});

test('the labelled crowd of the demo joins the current sale', () => {
  expect(options('--label')).toMatchObject({ label: true, sale: 'current' });
  expect(options('--label', '--sale', 'new').sale).toBe('new');
});

test('a given seed is taken, else one is drawn', () => {
  expect(options('--seed', '42').seed).toBe(42);
  expect(options().seed).toSatisfy(Number.isSafeInteger);
  expect(options().seed).not.toBe(options().seed);
});

test.each([
  ['--buyers', '0'],
  ['--buyers', '1e3'],
  ['--buyers', '200001'],
  ['--spectators', '-1'],
  ['--http-share', '1.1'],
  ['--http-share', ''],
  ['--double-share', 'half'],
  ['--sale', 'old'],
  ['--url', 'ftp://127.0.0.1'],
  ['--url', ''],
  ['--nonsense', '1'],
])('%s %j is refused with an explanation and exit code 2', (name, value) => {
  const parsed = parseArguments([name, value]);
  expect(parsed).toMatchObject({ code: 'exit', exitCode: 2 });
  expect(parsed.code === 'exit' && parsed.text).toContain(name);
});

test('--help is no error and names every option', () => {
  const parsed = parseArguments(['--help']);
  expect(parsed).toMatchObject({ code: 'exit', exitCode: 0 });
  for (const name of ['--url', '--buyers', '--sale', '--json', 'JWT_SECRET']) {
    expect(parsed.code === 'exit' && parsed.text).toContain(name);
  }
});
