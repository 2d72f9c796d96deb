import type { Purchase } from '../customers/buyer.ts';
import type { TallyCounts } from '../measure/tally.ts';
import type { ShapeName } from '../plan/shapes.ts';

/** What one child process is to simulate. */
export interface Shard {
  urls: string[];
  /** Signs tokens with it; without one each shopper logs in. */
  secret?: string;
  seed: number;
  shape: ShapeName;
  buyersFrom: number;
  buyers: number;
  /** The first so many of the shard's buyers use HTTP. */
  httpBuyers: number;
  /** Every so-many-th buyer presses twice; 0: none does. */
  doubleEvery: number;
  spectators: number;
  localAddresses: string[];
}

export type ToChild =
  | { type: 'connect'; shard: Shard }
  | {
      type: 'press';
      saleId: string;
      /** Of the product's variants; each buyer wants one of them, chosen at random. */
      skus: string[];
      opensAtServerMs: number | null;
      shape: ShapeName;
      spreadMs: number;
      timeoutMs: number;
      double: boolean;
    }
  | { type: 'settle'; saleId: string; remaining: number; timeoutMs: number };

export interface ConnectedReport {
  type: 'connected';
  connected: number;
  /** Clients that did not get in, by reason. */
  failures: Record<string, number>;
  /** The server's clock minus this machine's; `null` when no node answered with the time. */
  offsetMs: number | null;
}

export interface BoughtReport {
  type: 'bought';
  purchases: Purchase[];
  tally: TallyCounts;
  latencies: Record<string, string>;
}

export interface WatchedReport {
  type: 'watched';
  spectators: number;
  /** Last counts seen, as `remaining` → spectators; `none` for those who saw no count of this sale. */
  lastCounts: Record<string, number>;
  messages: number;
  messagesPerSecondMax: number;
  backwards: number;
  reconnects: number;
}

export interface ProgressReport {
  type: 'progress';
  connected: number;
  answered: number;
  claimed: number;
  confirmed: number;
  /** Why the last attempt to connect failed, while clients still try. */
  trouble: string | null;
}

export type FromChild = ConnectedReport | BoughtReport | WatchedReport | ProgressReport;
