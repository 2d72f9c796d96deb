import type { Probe } from '../operator/preflight.ts';
import type { SocketServer } from './socket-server.ts';

/** Checks that a message to a customer's sockets reaches the other nodes: each of them has to answer. */
export function nodesProbe(io: SocketServer, nodeId: string): Probe {
  io.on('probe', (answer) => answer(nodeId));
  return {
    name: 'Nodes',
    look: async () => {
      const others = await io.serverSideEmitWithAck('probe');
      const names = [nodeId, ...others].sort();
      return {
        ok: true,
        detail:
          `${names.length} node${names.length === 1 ? '' : 's'} hear each other: ${names.join(', ')}`.slice(
            0,
            1_000,
          ),
      };
    },
  };
}
