import { isIPv4 } from 'node:net';
import { readAddress } from '../shared/read-address.ts';

/**
 * What counts as one address and as one subnet: of IPv4 the address and its /24, of IPv6, where a household has a /64 and a customer of a provider can get a
 * /48, those. Null if it is not an address.
 */
export function networksOf(text: string): { address: string; subnet: string } | null {
  const address = readAddress(text);
  if (address === null) return null;
  if (isIPv4(address)) return { address, subnet: `${address.slice(0, address.lastIndexOf('.'))}.0/24` };
  const groups = address.split(':');
  return {
    address: `${groups.slice(0, 4).join(':')}::/64`,
    subnet: `${groups.slice(0, 3).join(':')}::/48`,
  };
}
