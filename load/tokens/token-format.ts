export const tokenFormats = ['csv', 'jsonl'] as const;
export type TokenFormat = (typeof tokenFormats)[number];

export interface CustomerToken {
  customerId: string;
  token: string;
}

/** What stands before the first token. */
export const heading: Record<TokenFormat, string> = { csv: 'customerId,token\n', jsonl: '' };

/** Neither a customer id of ours nor a JWT has a character that CSV would want quoted. */
export function formatToken({ customerId, token }: CustomerToken, format: TokenFormat): string {
  return format === 'csv' ? `${customerId},${token}\n` : `${JSON.stringify({ customerId, token })}\n`;
}

/** The format asked for, else the one that the file's name says. */
export function formatFor(asked: TokenFormat | undefined, out: string | undefined): TokenFormat {
  return asked ?? (out !== undefined && /\.(jsonl|ndjson)$/i.test(out) ? 'jsonl' : 'csv');
}
