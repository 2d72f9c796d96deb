import { parseCookie, stringifySetCookie } from 'cookie';

export interface CookieSettings {
  name: string;
  value: string;
  seconds: number;
  sameSite: 'lax' | 'strict';
  /** False: the page may read it. */
  httpOnly?: boolean;
}

export interface CookieJar {
  /** Null where the browser has sent none of that name. */
  read(header: string | undefined, name: string): string | null;
  /** The values of all cookies whose name begins like this, by the rest of the name. */
  readAll(header: string | undefined, prefix: string): Map<string, string>;
  /** For `Set-Cookie`. */
  set(cookie: CookieSettings): string;
  clear(cookie: Omit<CookieSettings, 'value' | 'seconds'>): string;
}

/**
 * Over https all names begin with `__Host-`: the browser then takes such a cookie from this host alone, only over TLS, and for all its paths.
 * On plain http, which is for a shop on one's own machine, browsers refuse that prefix.
 */
export function createCookieJar(isSecure: () => boolean): CookieJar {
  const full = (name: string) => (isSecure() ? `__Host-${name}` : name);
  const write = ({ name, value, seconds, sameSite, httpOnly = true }: CookieSettings) =>
    stringifySetCookie({
      name: full(name),
      value,
      maxAge: seconds,
      path: '/',
      secure: isSecure(),
      ...{ sameSite, httpOnly },
    });
  return {
    read: (header, name) => parseCookie(header ?? '')[full(name)] ?? null,
    readAll(header, prefix) {
      const begin = full(prefix);
      const found = Object.entries(parseCookie(header ?? '')).filter(([name]) => name.startsWith(begin));
      return new Map(found.map(([name, value = '']) => [name.slice(begin.length), value]));
    },
    set: write,
    clear: (cookie) => write({ ...cookie, value: '', seconds: 0 }),
  };
}
