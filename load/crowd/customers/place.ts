import type { Gate } from '../../shared/gate.ts';

/** Where a client connects, and what all clients of a shard share in doing so. */
export interface Place {
  url: string;
  localAddress?: string;
  gate: Gate;
  onReconnect: () => void;
  onTrouble: (reason: string) => void;
}
