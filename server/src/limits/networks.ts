import { isIPv4, isIPv6 } from 'node:net';

/**
 * What counts as one address and as one subnet: of IPv4 the address and its /24, of IPv6, where a household has a /64 and whoever asks gets a
 * /48, those. Null for what is no address.
 */
export function networksOf(address: string): { address: string; subnet: string } | null {
  if (isIPv4(address)) return { address, subnet: `${address.slice(0, address.lastIndexOf('.'))}.0/24` };
  if (!isIPv6(address)) return null;
  const groups = groupsOf(address);
  return {
    address: `${groups.slice(0, 4).join(':')}::/64`,
    subnet: `${groups.slice(0, 3).join(':')}::/48`,
  };
}

/** The eight groups, with `::` filled up. A zone, such as `%eth0`, is of no interest. */
function groupsOf(address: string): string[] {
  const [head = '', tail] = (address.split('%')[0] as string).toLowerCase().split('::');
  const front = head === '' ? [] : head.split(':');
  const back = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - front.length - back.length);
  return [...front, ...Array<string>(zeros).fill('0'), ...back].map((group) => group.replace(/^0+(?=.)/, ''));
}
