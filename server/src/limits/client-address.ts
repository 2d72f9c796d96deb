import type { IncomingHttpHeaders } from 'node:http';
import type { BlockList } from 'node:net';
import { includes } from './address-list.ts';

/** Proxies one behind the other; a longer list is somebody's invention. */
const hopsMax = 16;

export interface AskedFrom {
  headers: IncomingHttpHeaders;
  socket: { remoteAddress?: string | undefined };
}

/**
 * Where a request comes from. What a proxy that we trust says in `X-Forwarded-For` is believed, from the nearest hop on, up to the first
 * that is none of ours; what a client says itself is not.
 */
export function createClientAddress(trustedProxies: BlockList) {
  const hasProxies = trustedProxies.rules.length > 0;
  return ({ headers, socket }: AskedFrom): string => {
    const peer = plain(socket.remoteAddress ?? '');
    if (!hasProxies || !includes(trustedProxies, peer)) return peer;
    const said = String(headers['x-forwarded-for'] ?? '').split(',', hopsMax);
    let address = peer;
    for (const hop of said.reverse()) {
      const next = plain(hop.trim());
      if (next === '') break;
      address = next;
      if (!includes(trustedProxies, address)) break;
    }
    return address;
  };
}

/** An IPv4 address in the clothes of an IPv6 one is an IPv4 address. */
function plain(address: string): string {
  return address.startsWith('::ffff:') && address.includes('.') ? address.slice(7) : address;
}
