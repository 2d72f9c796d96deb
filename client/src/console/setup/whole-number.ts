/** The digits of the console's languages, in tens from 0 to 9. */
const zeros = ['0', '٠', '०'].map((zero) => zero.charCodeAt(0));
/** Groups as languages write them: 1,000 or 1.000 or 1 000, and 1,00,000 in India; the same sign throughout. 0,500 has none: it is meant as a half. */
const grouped = /^[1-9]\d{0,2}([,.'’٬ \u00a0\u202f])(?:\d{2,3}\1)*\d{3}$/;

/**
 * Null for anything else than a whole number in that range. `locales`: the operator's; a text that these read as a number with decimals is no
 * whole number then, although it may be meant as one.
 */
export function wholeNumber(
  text: string,
  [least, most]: readonly [number, number],
  locales: readonly string[] = [],
): number | null {
  if (locales.length > 0 && otherwiseMeant(text, locales) !== null) return null;
  const digits = ungrouped(withLatinDigits(text.trim()));
  if (!/^\d{1,12}$/.test(digits)) return null;
  const value = Number(digits);
  return value >= least && value <= most ? value : null;
}

/**
 * 1000 where an operator with a decimal point types 1.000, which their language reads as 1. Other languages
 * mean a thousand by it, so it is asked about. Null where there is only one reading.
 */
export function otherwiseMeant(text: string, locales: readonly string[]): number | null {
  const [, whole, sign, rest] = /^([1-9]\d{0,2})([.,٫])(\d{3})$/.exec(withLatinDigits(text.trim())) ?? [];
  return sign === decimalSign(locales) ? Number(`${whole}${rest}`) : null;
}

export function decimalSign(locales: readonly string[]): string {
  const parts = new Intl.NumberFormat([...locales]).formatToParts(0.5);
  return parts.find(({ type }) => type === 'decimal')?.value ?? '.';
}

/** Without the signs between groups, whichever they are. */
export function ungrouped(digits: string): string {
  return grouped.test(digits) ? digits.replaceAll(/\D/g, '') : digits;
}

export function withLatinDigits(text: string): string {
  return text.replaceAll(/[٠-٩०-९]/g, (digit) => {
    const code = digit.charCodeAt(0);
    return String(zeros.map((zero) => code - zero).find((value) => value >= 0 && value <= 9));
  });
}
