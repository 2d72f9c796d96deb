import { createHash, randomBytes } from 'node:crypto';

/** Crockford's base32: no I, L, O and U, so that a code can be read aloud and typed. */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
/** 80 bits: none of 100,000 codes can be guessed. */
const digits = 16;
const groups = /.{4}(?=.)/g;
/** Shorter codes of a shop's own could be guessed. */
const lengthMin = 8;
const lengthMax = 64;

/** `7K3M-Q2XV-9DTR-H0WA` */
export function newCode(): string {
  const text = Array.from(randomBytes(digits), (byte) => alphabet[byte % alphabet.length]).join('');
  return text.replace(groups, '$&-');
}

/** As people type it: in any case, with blanks and dashes or none, with letters that look like digits, and with invisible characters from where it was copied. Null: no code looks like this. */
export function readCode(typed: string): string | null {
  const code = typed
    .normalize('NFKC')
    .replaceAll(/[\s\p{Pd}\p{Cf}]/gu, '')
    .toUpperCase()
    .replaceAll('O', '0')
    .replaceAll(/[IL]/g, '1');
  return code.length >= lengthMin && code.length <= lengthMax && /^[0-9A-Z]+$/.test(code) ? code : null;
}

/** What is stored of a code. It includes the sale, so that the hashes do not show that two sales have the same code. */
export function codeId(saleId: string, code: string): string {
  const hash = createHash('sha256').update(`access code\0${saleId}\0${code}`).digest('base64url');
  return `${saleId}:${hash}`;
}
