import { BlockList, isIP } from 'node:net';
import { readAddress } from './read-address.ts';

/** Where IPv6 holds addresses of IPv4, they are its last 32 bits. */
const ipv4PrefixBits = 96;

/**
 * Addresses and networks, such as `10.0.0.0/8`, `::1`. Those of IPv4 that are written in IPv6 are taken as IPv4, as `readAddress` gives them. Null
 * when one of them is neither.
 */
export function addressList(entries: readonly string[]): BlockList | null {
  const list = new BlockList();
  for (const entry of entries) {
    const [address = '', bits, ...more] = entry.split('/');
    const version = isIP(address);
    const bitsMax = version === 4 ? 32 : 128;
    const prefix = bits === undefined ? bitsMax : /^\d{1,3}$/.test(bits) ? Number(bits) : -1;
    if (version === 0 || more.length > 0 || prefix < 0 || prefix > bitsMax) return null;
    const plain = readAddress(address) ?? address;
    if (version === 6 && isIP(plain) === 4 && prefix >= ipv4PrefixBits)
      list.addSubnet(plain, prefix - ipv4PrefixBits, 'ipv4');
    else list.addSubnet(address, prefix, version === 4 ? 'ipv4' : 'ipv6');
  }
  return list;
}

export function includes(list: BlockList, address: string): boolean {
  const version = isIP(address);
  return version !== 0 && list.check(address, version === 4 ? 'ipv4' : 'ipv6');
}
