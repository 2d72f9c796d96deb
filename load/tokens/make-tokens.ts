import type { TokenSource } from '../shared/tokens.ts';
import { type CustomerToken, formatToken, heading, type TokenFormat } from './token-format.ts';

const atOnce = 32;

/** The text of a token file in pieces, in order; a few tokens at a time are made, so that a shop's login is not flooded. Throws when one cannot be made. */
export async function* tokenLines(
  source: TokenSource,
  { count, prefix, format }: { count: number; prefix: string; format: TokenFormat },
): AsyncGenerator<string> {
  if (heading[format] !== '') yield heading[format];
  for (let from = 1; from <= count; from += atOnce) {
    const ids = Array.from({ length: Math.min(atOnce, count - from + 1) }, (_, i) => `${prefix}-${from + i}`);
    const made = await Promise.all(ids.map((customerId) => makeOne(source, customerId)));
    yield made.map((one) => formatToken(one, format)).join('');
  }
}

async function makeOne(source: TokenSource, customerId: string): Promise<CustomerToken> {
  const made = await source(customerId, 'customer');
  if (!made.ok) throw new Error(`No token for ${customerId}: ${made.message}.`);
  return { customerId, token: made.token };
}
