import { isIP } from 'node:net';
import { hostname } from 'node:os';

/**
 * Browsers say which page opens the socket: it must be the shop's or a listed one. Clients that are not browsers send no origin
 * and need only a token.
 */
export function createOriginCheck(allowed: readonly string[]) {
  const listed = new Set(allowed);
  return (origin: string | undefined, host: string | undefined): boolean => {
    if (origin === undefined || listed.has(origin)) return true;
    return URL.canParse(origin) && new URL(origin).host === host;
  };
}

/**
 * Whether a name in `Host` can be this shop's: an address, this machine's name, or that of an origin that is listed. Any other name may have been
 * pointed here by a stranger, whose page is then of one origin with the shop (DNS rebinding).
 */
export function createHostCheck(allowed: readonly string[]) {
  const own = hostname().toLowerCase();
  const names = new Set([
    ...['localhost', own, `${own}.local`, own.split('.', 1)[0]],
    ...allowed.map((origin) => new URL(origin).hostname),
  ]);
  return (host: string | undefined): boolean => {
    if (host === undefined || !URL.canParse(`http://${host}`)) return false;
    const name = new URL(`http://${host}`).hostname;
    return isIP(name.replace(/^\[|\]$/g, '')) !== 0 || names.has(name) || name.endsWith('.localhost');
  };
}
