/** Crockford's base32: no I, L, O and U, so that a text can be read aloud, written down and typed. */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const groups = /.{4}(?=.)/g;

/** A character for each byte, which gives 5 of its bits. */
export function base32(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => alphabet[byte % alphabet.length]).join('');
}

/** `7K3M-Q2XV-9DTR` */
export function inGroups(text: string): string {
  return text.replace(groups, '$&-');
}

/**
 * As people type it, in one form: in any case, with blanks and dashes or none, with letters that look like digits, and with invisible characters from where
 * it was copied.
 */
export function readBase32(typed: string): string {
  return typed
    .replaceAll(/[\s\p{Pd}\p{Cf}]/gu, '')
    .toUpperCase()
    .replaceAll('O', '0')
    .replaceAll(/[IL]/g, '1');
}
