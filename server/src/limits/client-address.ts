import type { IncomingHttpHeaders } from 'node:http';
import type { BlockList } from 'node:net';
import { includes } from '../shared/address-list.ts';
import { readAddress } from '../shared/read-address.ts';

/** The longest chain of proxies; entries further to the left are ignored. */
const hopsMax = 16;

export interface AskedFrom {
  headers: IncomingHttpHeaders;
  socket: { remoteAddress?: string | undefined };
}

export interface ClientAddress {
  /** Empty for a connection that is gone. */
  address: string;
  /** A trusted proxy sent an unreadable entry: all such clients are counted as one, under the proxy. */
  unreadable: boolean;
}

/**
 * The address that a request comes from. Trusted proxies are believed in `X-Forwarded-For`, from the nearest hop up to the first
 * that is not trusted. A client's own entries are not believed: the header is read from the right, where the proxies write, and the
 * client's part is never reached, however long it is.
 */
export function createClientAddress(trustedProxies: BlockList) {
  const hasProxies = trustedProxies.rules.length > 0;
  return ({ headers, socket }: AskedFrom): ClientAddress => {
    const peer = readAddress(socket.remoteAddress ?? '') ?? '';
    if (!hasProxies || !includes(trustedProxies, peer)) return { address: peer, unreadable: false };
    let address = peer;
    let rest = String(headers['x-forwarded-for'] ?? '');
    for (let hops = 0; hops < hopsMax && rest !== ''; ) {
      const comma = rest.lastIndexOf(',');
      const said = rest.slice(comma + 1).trim();
      rest = comma < 0 ? '' : rest.slice(0, comma);
      // A list may have empty elements, which say nothing (RFC 9110, 5.6.1).
      if (said === '') continue;
      const next = readAddress(said);
      if (next === null) return { address, unreadable: true };
      address = next;
      hops++;
      if (!includes(trustedProxies, address)) break;
    }
    return { address, unreadable: false };
  };
}
