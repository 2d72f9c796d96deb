import { Gate } from '../../shared/gate.ts';
import { createHttpClient, type HttpClient } from '../../shared/http-client.ts';
import { loginTokens, signingTokens } from '../../shared/tokens.ts';
import type { Buyer } from '../customers/buyer.ts';
import type { Connection } from '../customers/connection.ts';
import type { Place } from '../customers/place.ts';
import { increment, type TallyCounts } from '../measure/tally.ts';
import { isScalper } from '../plan/shapes.ts';
import { connectBuyer } from './connect-buyer.ts';
import { connectSpectator, type Watcher } from './connect-spectator.ts';
import { fromOneAddress } from './local-addresses.ts';
import type { Shard } from './messages.ts';

export interface Clients {
  buyers: Buyer[];
  watchers: Watcher[];
  /** One open connection a node, where the shard has one there, and one HTTP client a node: to ask for its time. */
  connections: Map<string, Connection>;
  https: Map<string, HttpClient>;
  /** Clients that did not get in, by reason. */
  failures: Record<string, number>;
}

const handshakesAtOnce = 48;
const httpSocketsMax = 256;

/** Makes the shard's shoppers and spectators and connects them, a bounded number at a time. */
export async function connectClients(
  shard: Shard,
  tally: TallyCounts,
  on: { connected: () => void; trouble: (reason: string) => void },
): Promise<Clients> {
  const { urls, localAddresses, secret } = shard;
  const clients: Clients = {
    buyers: [],
    watchers: [],
    connections: new Map(),
    https: new Map(urls.map((url) => [url, createHttpClient(url, httpSocketsMax, localAddresses[0])])),
    failures: {},
  };
  const gate = new Gate(handshakesAtOnce);
  const onReconnect = () => {
    tally.reconnects++;
  };
  const placeOf = (i: number): Place => {
    const localAddress = localAddresses[i % Math.max(1, localAddresses.length)];
    const url = urls[i % urls.length] as string;
    return {
      url,
      gate,
      onReconnect,
      onTrouble: on.trouble,
      ...(localAddress === undefined ? {} : { localAddress }),
    };
  };

  async function addBuyer(i: number): Promise<void> {
    const place = isScalper(shard.shape, shard.buyersFrom + i) ? fromOneAddress(placeOf(i)) : placeOf(i);
    const http = clients.https.get(place.url) as HttpClient;
    const tokens = secret === undefined ? loginTokens(http) : signingTokens(secret);
    const made = await connectBuyer(shard, i, place, http, tokens);
    if (!made.ok) return increment(clients.failures, made.code);
    clients.buyers.push(made.buyer);
    if (made.connection !== null) clients.connections.set(place.url, made.connection);
    on.connected();
  }

  async function addSpectator(i: number): Promise<void> {
    const place = placeOf(i);
    const made = await connectSpectator(shard.seed - 1 - i, place);
    if (!made.ok) return increment(clients.failures, made.code);
    clients.watchers.push(made.watcher);
    clients.connections.set(place.url, made.watcher.connection);
    on.connected();
  }

  await Promise.all([
    ...Array.from({ length: shard.buyers }, (_, i) => addBuyer(i)),
    ...Array.from({ length: shard.spectators }, (_, i) => addSpectator(i)),
  ]);
  return clients;
}
