/*
 * Money is a whole number of a currency's minor unit. This file is the only place that turns prices into minor units and back, and the
 * only one that writes them for people.
 */

export interface Money {
  /** Cents for USD, yen for JPY, fils for KWD: `currencyDecimals` says how many there are to one. */
  minor: number;
  /** ISO 4217, such as `USD`. */
  currency: string;
}

/** A sum of prices. */
export interface Total {
  minor: bigint;
  currency: string;
}

/** Money as it is sent and stored. Clients of earlier versions know only `price`; sums and comparisons use `priceMinor`. */
export interface Priced {
  price: number;
  currency: string;
  priceMinor: number;
}

/** The currency of all prices of before sales named one, and of sales that name none unless the shop is set up otherwise. */
export const usualCurrency = 'USD';

/** In whole units of any currency. Below it, a price has at most 15 digits, so a JSON number carries it exactly. */
export const priceMax = 1_000_000_000;

/**
 * ISO 4217, list one of 2026-01-01, by the digits of the minor unit; codes without one (metals, test codes) are left out. Codes that ISO
 * withdraws later stay, because stored orders name them.
 */
const codesByDecimals: Readonly<Record<number, string>> = {
  0: 'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF',
  2: `AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BMD BND BOB BOV BRL BSD BTN BWP BYN BZD CAD CDF CHE CHF CHW CNY COP COU CRC CUP
    CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT
    LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MXV MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR
    RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD USN UYU UZS VED VES
    WST XAD XCD XCG YER ZAR ZMW ZWG`,
  3: 'BHD IQD JOD KWD LYD OMR TND',
  4: 'CLF UYW',
};

const decimalsByCode: ReadonlyMap<string, number> = new Map(
  Object.entries(codesByDecimals).flatMap(([decimals, codes]) =>
    codes.split(/\s+/).map((code): [string, number] => [code, Number(decimals)]),
  ),
);

export const currencies: readonly string[] = [...decimalsByCode.keys()].sort();

export function isCurrency(code: string): boolean {
  return decimalsByCode.has(code);
}

export function currencyDecimals(currency: string): number {
  const decimals = decimalsByCode.get(currency);
  if (decimals === undefined) throw new RangeError(`${currency} is no currency of ISO 4217`);
  return decimals;
}

export type PriceFault = 'not_a_number' | 'negative' | 'too_large' | 'too_many_decimals';
export type ParsedPrice = { ok: true; minor: number } | { ok: false; code: PriceFault };

/**
 * Reads a price, whose decimal sign is a point. A number counts as the shortest decimal that means it, as JSON and people write it, so
 * 1299.99 is 129999 cents although no binary fraction is 1299.99.
 */
export function parsePrice(price: number | string, currency: string): ParsedPrice {
  const match = /^(-?)(\d+)(?:\.(\d+))?(?:e([+-])\d+)?$/.exec(String(price));
  if (match === null) return { ok: false, code: 'not_a_number' };
  const [, sign, whole = '', fraction = '', exponentSign] = match;
  // Only numbers beyond all prices are written with an exponent: 1e21 and more, or less than 0.000001.
  if (exponentSign !== undefined && typeof price === 'string') return { ok: false, code: 'not_a_number' };
  if (sign === '-') return { ok: false, code: 'negative' };
  if (exponentSign === '+' || Number(`${whole}.${fraction}`) > priceMax) {
    return { ok: false, code: 'too_large' };
  }
  const decimals = currencyDecimals(currency);
  if (exponentSign === '-' || fraction.length > decimals) return { ok: false, code: 'too_many_decimals' };
  return { ok: true, minor: Number(whole + fraction.padEnd(decimals, '0')) };
}

export function priceOf({ minor, currency }: Money): number {
  return minor / 10 ** currencyDecimals(currency);
}

/** `999`, `89.90`: whole prices without decimals, others with all of them. For machines; people get `formatMoney`. */
export function priceText({ minor, currency }: Money | Total): string {
  const decimals = currencyDecimals(currency);
  const digits = String(minor).padStart(decimals + 1, '0');
  const whole = digits.slice(0, digits.length - decimals);
  const fraction = digits.slice(digits.length - decimals);
  return /[1-9]/.test(fraction) ? `${whole}.${fraction}` : whole;
}

export function priced(money: Money): Priced {
  return { price: priceOf(money), currency: money.currency, priceMinor: money.minor };
}

/** What so many units cost. It may be beyond the whole numbers that a `number` holds exactly. */
export function times({ minor, currency }: Money, units: number): Total {
  return { minor: BigInt(minor) * BigInt(units), currency };
}

/** Reads what `priced` made, and what versions before sales had a currency have sent and stored: whole US dollars. */
export function moneyOf(given: {
  price: number;
  currency?: string | undefined;
  priceMinor?: number | undefined;
}): Money {
  const { price, currency, priceMinor } = given;
  if (currency === undefined || priceMinor === undefined) {
    return { minor: Math.round(price * 10 ** currencyDecimals(usualCurrency)), currency: usualCurrency };
  }
  return { minor: priceMinor, currency };
}

/** Writes money in the reader's language: `$999`, `89,90 €`. Whole prices have no decimals, others have all of their currency's. */
export function moneyFormatter(locales: readonly string[]): (money: Money | Total) => string {
  const formatters = new Map<string, Intl.NumberFormat>();
  const formatterFor = (currency: string, decimals: number): Intl.NumberFormat => {
    const key = `${currency} ${decimals}`;
    const known = formatters.get(key);
    if (known !== undefined) return known;
    const digits = { minimumFractionDigits: decimals, maximumFractionDigits: decimals };
    const made = new Intl.NumberFormat([...locales], { style: 'currency', currency, ...digits });
    formatters.set(key, made);
    return made;
  };
  return (money) => {
    const text = priceText(money);
    const decimals = text.includes('.') ? currencyDecimals(money.currency) : 0;
    return formatterFor(money.currency, decimals).format(text as Intl.StringNumericLiteral);
  };
}
