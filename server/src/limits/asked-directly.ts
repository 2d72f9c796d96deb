import type { BlockList } from 'node:net';
import { includes } from '../shared/address-list.ts';
import { readAddress } from '../shared/read-address.ts';
import type { AskedFrom } from './client-address.ts';

/** Headers that proxies add to requests. */
const markOfProxies = [
  'x-forwarded-for',
  'forwarded',
  'via',
  'x-real-ip',
  'x-forwarded-host',
  'x-forwarded-proto',
];

/** Whether a request comes straight from one of these addresses, and not through a proxy, which may pass on anyone's requests. */
export function createAskedDirectly(from: BlockList) {
  return ({ headers, socket }: AskedFrom): boolean =>
    markOfProxies.every((name) => headers[name] === undefined) &&
    includes(from, readAddress(socket.remoteAddress ?? '') ?? '');
}
