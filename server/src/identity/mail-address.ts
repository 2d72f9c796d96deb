import { domainToASCII } from 'node:url';
import { z } from 'zod';

/** RFC 5321, 4.5.3.1. */
const localLengthMax = 64;
const addressLengthMax = 254;
const address = z.email();
/** Google delivers all spellings with and without dots to one mailbox, under both names. */
const ignoresDots = new Set(['gmail.com', 'googlemail.com']);

export interface MailAddress {
  /** Where mail goes: as it was typed, with the domain in lower case and in ASCII. */
  address: string;
  /** The same for all spellings that count as one mailbox: one customer. */
  mailbox: string;
}

/**
 * Reads an address as people type it; null for anything else. Spellings that differ in case, or in a tag after `+`, count as one mailbox, and at
 * Google those that differ in dots: otherwise a person with one mailbox could be many customers.
 */
export function readMailAddress(text: string): MailAddress | null {
  const at = text.trim().lastIndexOf('@');
  const local = text.trim().slice(0, Math.max(0, at));
  const domain = domainToASCII(text.trim().slice(at + 1));
  const full = `${local}@${domain}`;
  if (local.length > localLengthMax || full.length > addressLengthMax) return null;
  if (!address.safeParse(full).success) return null;
  const [untagged = ''] = local.toLowerCase().split('+', 1);
  // A local part that begins with `+` has nothing before its tag.
  const base = untagged === '' ? local.toLowerCase() : untagged;
  return {
    address: full,
    mailbox: ignoresDots.has(domain) ? `${base.replaceAll('.', '')}@gmail.com` : `${base}@${domain}`,
  };
}
