import type { KeyObject } from 'node:crypto';
import { hmacSha256, isMacOf } from './hmac.ts';

/**
 * A text that only a node of this shop can have made, for a subject and until a time. It is signed with a key that all nodes share, and
 * begins with a purpose, so that a text for one purpose is not accepted for another.
 */
export function seal(purpose: string, subject: string, until: number, key: KeyObject): string {
  return `${until.toString(36)}.${hmacSha256(key, textOf(purpose, subject, until)).toString('base64url')}`;
}

export function isSealed(
  purpose: string,
  subject: string,
  text: string,
  { keys, now }: { keys: readonly KeyObject[]; now: number },
): boolean {
  const match = /^([0-9a-z]{1,11})\.([\w-]{43})$/.exec(text);
  if (match === null) return false;
  const [, time = '', mac = ''] = match;
  const until = Number.parseInt(time, 36);
  // Only the exact spelling that was given out passes.
  if (until.toString(36) !== time || until <= now) return false;
  return isMacOf(textOf(purpose, subject, until), mac, keys);
}

function textOf(purpose: string, subject: string, until: number): string {
  return `${purpose}\n${until}\n${subject}`;
}
