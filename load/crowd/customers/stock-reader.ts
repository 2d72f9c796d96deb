import type { Stock } from '@flipzon/protocol/schemas.ts';

const stockPrefix = '42["stock",';

export function isStockFrame(text: string): boolean {
  return text.startsWith(stockPrefix);
}

/**
 * Reads `stock` frames. A broadcast reaches every socket of this process with the same text, so the last one is
 * remembered and parsed once rather than once per spectator.
 */
export function createStockReader(): (text: string) => Stock | null {
  let lastText = '';
  let lastStock: Stock | null = null;
  return (text) => {
    if (text === lastText) return lastStock;
    lastText = text;
    lastStock = parseStock(text);
    return lastStock;
  };
}

function parseStock(text: string): Stock | null {
  try {
    const stock = JSON.parse(text.slice(stockPrefix.length, -1)) as Partial<Stock>;
    const { saleId, remaining, seq } = stock;
    if (typeof saleId !== 'string' || !Number.isSafeInteger(remaining) || !Number.isSafeInteger(seq))
      return null;
    return { saleId, remaining: remaining as number, seq: seq as number };
  } catch {
    return null;
  }
}
