import { decodeJwt } from 'jose';
import { expect, test } from 'vitest';
import { signingTokens, type TokenSource } from '../../shared/tokens.ts';
import { parseArguments } from '../../tokens/arguments.ts';
import { tokenLines } from '../../tokens/make-tokens.ts';
import { formatFor, type TokenFormat } from '../../tokens/token-format.ts';

const signed = signingTokens('a secret for tests, 32 bytes or more');

async function textOf(source: TokenSource, count: number, format: TokenFormat): Promise<string> {
  let text = '';
  for await (const piece of tokenLines(source, { count, prefix: 'load', format })) text += piece;
  return text;
}

test('CSV has a heading and one customer per line, in order, each with a different token', async () => {
  const [head, ...rows] = (await textOf(signed, 70, 'csv')).trimEnd().split('\n');
  expect(head).toBe('customerId,token');
  expect(rows.map((row) => row.split(',')[0])).toEqual(Array.from({ length: 70 }, (_, i) => `load-${i + 1}`));
  for (const row of rows) {
    const [customerId, token] = row.split(',') as [string, string];
    expect(decodeJwt(token)).toMatchObject({ sub: customerId, role: 'customer' });
  }
});

test('JSON lines hold the same', async () => {
  const rows = (await textOf(signed, 3, 'jsonl'))
    .trimEnd()
    .split('\n')
    .map((row) => JSON.parse(row));
  expect(rows.map(({ customerId }) => customerId)).toEqual(['load-1', 'load-2', 'load-3']);
  expect(rows.map(({ token }) => decodeJwt(token).sub)).toEqual(['load-1', 'load-2', 'load-3']);
});

test('a token that cannot be had ends it, with the customer and the reason', async () => {
  const refusing: TokenSource = async (customerId) =>
    customerId === 'load-40' ? { ok: false, message: 'POST /login answered 404' } : { ok: true, token: 't' };
  await expect(textOf(refusing, 50, 'csv')).rejects.toThrow(
    'No token for load-40: POST /login answered 404.',
  );
});

test('the file’s name gives the format, unless an option does', () => {
  expect(formatFor(undefined, undefined)).toBe('csv');
  expect(formatFor(undefined, 'tokens.JSONL')).toBe('jsonl');
  expect(formatFor('csv', 'tokens.jsonl')).toBe('csv');
});

test.each([
  [['--count', '0'], '--count'],
  [['--count', '200001'], '--count'],
  [[], '--count'],
  [['--count', '1', '--prefix', 'a,b'], '--prefix'],
  [['--count', '1', '--url', 'shop'], '--url'],
])('%j is refused with an explanation and exit code 2', (argv, name) => {
  const parsed = parseArguments(argv);
  expect(parsed).toMatchObject({ code: 'exit', exitCode: 2 });
  expect(parsed.code === 'exit' && parsed.text).toContain(name);
});
