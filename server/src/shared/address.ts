import { isIPv6 } from 'node:net';
import { addressList, includes } from './address-list.ts';

const loopback = addressList(['127.0.0.0/8', '::1', '::ffff:127.0.0.0/104']);
/** As listening addresses, these mean every address of the machine. */
const everywhere = new Map([
  ['0.0.0.0', '127.0.0.1'],
  ['::', '::1'],
]);

/** `http://HOST:PORT`; an IPv6 address in brackets, as every URL has it. */
export function originOf(host: string, port: number): string {
  return `http://${isIPv6(host) ? `[${host}]` : host}:${port}`;
}

/** The same for a client on this machine; `host` may mean all of its addresses. */
export function originHere(host: string, port: number): string {
  return originOf(everywhere.get(host) ?? host, port);
}

/** Whether only this machine can reach a server that listens there. Brackets, as in a URL's host, do not matter. */
export function isLoopback(host: string): boolean {
  const plain = host.replace(/^\[|\]$/g, '').toLowerCase();
  return plain === 'localhost' || (loopback !== null && includes(loopback, plain));
}
