/** Longer ones are refused: they travel in a cookie. */
const pathLengthMax = 500;
const anyOrigin = 'https://shop.invalid';

/** A path of this shop for the browser to go to, as the browser would read it; null for anything else, such as another site's address. */
export function ownPath(text: string): string | null {
  if (text.length > pathLengthMax || !text.startsWith('/') || !URL.canParse(text, anyOrigin)) return null;
  const { origin, pathname, search, hash } = new URL(text, anyOrigin);
  // `//host` and `/\host` are addresses of another site, and a path may become one when its dots are resolved.
  if (origin !== anyOrigin || pathname.startsWith('//') || pathname.startsWith('/auth/')) return null;
  const path = `${pathname}${search}${hash}`;
  // Percent-encoding has made it longer.
  return path.length > pathLengthMax ? null : path;
}
