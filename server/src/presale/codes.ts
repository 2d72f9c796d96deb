import { createHash, randomBytes } from 'node:crypto';
import { base32, inGroups, readBase32 } from '../shared/base32.ts';

/** 80 bits: none of 100,000 codes can be guessed. */
const digits = 16;
/** Shorter codes of a shop's own could be guessed. */
const lengthMin = 8;
const lengthMax = 64;

/** `7K3M-Q2XV-9DTR-H0WA` */
export function newCode(): string {
  return inGroups(base32(randomBytes(digits)));
}

/** A code in the one form that is hashed. Null: no code looks like this. */
export function readCode(typed: string): string | null {
  const code = readBase32(typed.normalize('NFKC'));
  return code.length >= lengthMin && code.length <= lengthMax && /^[0-9A-Z]+$/.test(code) ? code : null;
}

/** What is stored of a code. It includes the sale, so that the hashes do not show that two sales have the same code. */
export function codeId(saleId: string, code: string): string {
  const hash = createHash('sha256').update(`access code\0${saleId}\0${code}`).digest('base64url');
  return `${saleId}:${hash}`;
}
