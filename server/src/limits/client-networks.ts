import type { Server, Socket } from 'node:net';
import type { AskedFrom, createClientAddress } from './client-address.ts';
import type { ClientNetwork, NetworkLimits } from './network-limits.ts';

export type NetworkOf = (request: AskedFrom) => ClientNetwork;

/** The network that a request comes from; looked up once per connection, as long as its proxy names the same address. */
export function createNetworkOf(
  addressOf: ReturnType<typeof createClientAddress>,
  limits: NetworkLimits,
  now: () => number,
): NetworkOf {
  const known = new WeakMap<object, { said: unknown; network: ClientNetwork }>();
  return (request) => {
    const said = request.headers['x-forwarded-for'];
    const socket = request.socket as Socket;
    const before = known.get(socket);
    if (before !== undefined && before.said === said) return before.network;
    const { address, unreadable } = addressOf(request);
    const network = limits.at(address, now(), unreadable);
    known.set(socket, { said, network });
    return network;
  };
}

/** The connections of an address, idle ones included. A load balancer holds those of its clients and is not counted. */
export function limitConnections(
  server: Server,
  networkOfPeer: (address: string) => ClientNetwork,
  onRefused: () => void,
): void {
  server.on('connection', (socket) => {
    const network = networkOfPeer(socket.remoteAddress ?? '');
    if (network.open()) return void socket.once('close', network.closed);
    onRefused();
    socket.destroy();
  });
}
