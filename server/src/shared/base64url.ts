/** The unused bits of the last character, by the text's length modulo four. */
const lastWithoutSpareBits = [/[\w-]$/, /$^/, /[AQgw]$/, /[AEIMQUYcgkosw048]$/] as const;
const alphabet = /^[\w-]*$/;

/**
 * Whether a text is the canonical base64url of some bytes, and not another spelling of it. Node decodes many spellings to the same bytes:
 * with padding, with foreign characters, with bits in the last character that no byte has. What is signed has one.
 */
export function isBase64url(text: string): boolean {
  return text === '' || (alphabet.test(text) && (lastWithoutSpareBits[text.length % 4] as RegExp).test(text));
}

/** Null for anything but what encoding these bytes gives. */
export function fromBase64url(text: string): Buffer | null {
  return isBase64url(text) ? Buffer.from(text, 'base64url') : null;
}
