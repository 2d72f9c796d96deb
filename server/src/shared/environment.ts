import { z } from 'zod';

/* How variables of the environment are read; an empty one counts as not set. */

export const defaultTo = (fallback: string) => (given: unknown) =>
  given === undefined || given === '' ? fallback : given;
export const optional = (given: unknown) => (given === '' ? undefined : given);
export const urlWith = (protocols: string) =>
  z.string().refine((text) => {
    const url = URL.canParse(text) ? new URL(text) : null;
    // Without its two slashes an address has no host, and its password in the path.
    return url !== null && url.host !== '' && new RegExp(`^(${protocols}):$`).test(url.protocol);
  });
export const listed = z.string().transform((text) =>
  text
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== ''),
);
