import type { Server, Socket } from 'node:net';
import type { AskedFrom, createClientAddress } from './client-address.ts';
import type { NetworkLimits, Place } from './network-limits.ts';

export type PlaceOf = (request: AskedFrom) => Place;

/** The network that a request comes from; looked up once per connection, as long as its proxy names the same address. */
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
    const { address, unreadable } = addressOf(request);
    const place = limits.at(address, now(), unreadable);
    known.set(socket, { said, place });
    return place;
  };
}

/** The connections of an address, idle ones included. A load balancer holds those of its clients and is not counted. */
export function limitConnections(
  server: Server,
  placeOfPeer: (address: string) => Place,
  onRefused: () => void,
): void {
  server.on('connection', (socket) => {
    const place = placeOfPeer(socket.remoteAddress ?? '');
    if (place.open()) return void socket.once('close', place.closed);
    onRefused();
    socket.destroy();
  });
}
