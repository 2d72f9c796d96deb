import { isIPv4, isIPv6 } from 'node:net';

const quoted = /^"(.*)"$/;
const inBrackets = /^\[([^\]]*)\](?::\d{1,5})?$/;
const withPort = /^([\d.]+):\d{1,5}$/;
/** IPv4 addresses within IPv6: mapped (RFC 4291) and translated (RFC 6052). */
const ipv4Prefixes = new Set(['0:0:0:0:0:ffff', '64:ff9b:0:0:0:0']);

/**
 * Reads an address in every spelling that proxies use: in quotes, in brackets, with a port, with a zone, IPv4 mapped into IPv6. The result
 * has one form: IPv4 with dots, IPv6 in eight groups. Null if it is not an address.
 */
export function readAddress(text: string): string | null {
  // The usual form.
  if (isIPv4(text)) return text;
  const bare = text.trim().replace(quoted, '$1');
  const [address = ''] = (inBrackets.exec(bare)?.[1] ?? withPort.exec(bare)?.[1] ?? bare).split('%');
  if (isIPv4(address)) return address;
  if (!isIPv6(address)) return null;
  const groups = groupsOf(address);
  if (!ipv4Prefixes.has(groups.slice(0, 6).join(':'))) return groups.join(':');
  const [high = 0, low = 0] = groups.slice(6).map((group) => Number.parseInt(group, 16));
  return [high >> 8, high & 255, low >> 8, low & 255].join('.');
}

/** The eight groups, with `::` filled up, and an IPv4 address at the end as two of them. */
function groupsOf(address: string): string[] {
  const [head = '', tail] = address.toLowerCase().split('::');
  const front = parts(head);
  const back = parts(tail ?? '');
  const zeros = tail === undefined ? 0 : 8 - front.length - back.length;
  return [...front, ...Array<string>(zeros).fill('0'), ...back];
}

function parts(text: string): string[] {
  if (text === '') return [];
  return text.split(':').flatMap((part) => {
    if (!part.includes('.')) return [part.replace(/^0+(?=.)/, '')];
    const [a = 0, b = 0, c = 0, d = 0] = part.split('.').map(Number);
    return [((a << 8) | b).toString(16), ((c << 8) | d).toString(16)];
  });
}
