import type { Socket } from 'node:net';
import type { AskedFrom, createClientAddress } from './client-address.ts';
import type { NetworkLimits, Place } from './network-limits.ts';

export type PlaceOf = (request: AskedFrom) => Place;

/** Where a request comes from; looked up once a connection, as long as its proxy says the same. */
export function createPlaces(
  addressOf: ReturnType<typeof createClientAddress>,
  limits: NetworkLimits,
  now: () => number,
): PlaceOf {
  const known = new WeakMap<object, { said: unknown; place: Place }>();
  return (request) => {
    const said = request.headers['x-forwarded-for'];
    const socket = request.socket as Socket;
    const before = known.get(socket);
    if (before !== undefined && before.said === said) return before.place;
    const place = limits.at(addressOf(request), now());
    known.set(socket, { said, place });
    return place;
  };
}
