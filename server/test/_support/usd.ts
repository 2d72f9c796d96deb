import { type Money, moneyOf } from '@flipzon/protocol/money.ts';

export function usd(price: number): Money {
  return moneyOf({ price });
}
