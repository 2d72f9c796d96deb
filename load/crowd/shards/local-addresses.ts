const socketsPerAddressMax = 15_000;
const scalpersAddress = '127.0.1.1';

/**
 * One loopback address has some 28,000 ports for outgoing connections; beyond 15,000 sockets the crowd comes from several,
 * 127.0.0.1, 127.0.0.2, … (Linux answers for all of 127.0.0.0/8). Empty: leave the choice to the system.
 */
export function localAddresses(urls: readonly string[], sockets: number): string[] {
  const loopback = urls.every((url) => hasManyAddresses(new URL(url).hostname));
  if (!loopback || sockets <= socketsPerAddressMax) return [];
  const count = Math.min(250, Math.ceil(sockets / socketsPerAddressMax));
  return Array.from({ length: count }, (_, i) => `127.0.0.${i + 1}`);
}

/** The scalpers' address: on loopback one that no other client has; elsewhere all clients come from this machine's address anyway. */
export function fromOneAddress<Place extends { url: string; localAddress?: string }>(place: Place): Place {
  return hasManyAddresses(new URL(place.url).hostname) ? { ...place, localAddress: scalpersAddress } : place;
}

/** Of IPv6 there is one only. */
function hasManyAddresses(hostname: string): boolean {
  return hostname === 'localhost' || hostname.startsWith('127.');
}
