/**
 * Browsers say which page opens the socket: it must be one of ours, or one that is listed. Clients that are no browser send no origin
 * and are judged by their token alone.
 */
export function createOriginCheck(allowed: readonly string[]) {
  const listed = new Set(allowed);
  return (origin: string | undefined, host: string | undefined): boolean => {
    if (origin === undefined || listed.has(origin)) return true;
    return URL.canParse(origin) && new URL(origin).host === host;
  };
}
