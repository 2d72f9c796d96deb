import { sale as saleSchema } from '@flipzon/protocol/schemas.ts';
import type { Buyer } from './buyer.ts';
import type { Channel } from './channel.ts';
import { localNowMs } from './clock.ts';
import { Connection } from './connection.ts';
import { Gate } from './gate.ts';
import { createHttpChannel } from './http-channel.ts';
import { createHttpClient, type HttpClient } from './http-client.ts';
import type { Shard } from './messages.ts';
import { createRandom } from './random.ts';
import { createSocketChannel } from './socket-channel.ts';
import { Spectator } from './spectator.ts';
import { createStockReader } from './stock-reader.ts';
import { increment, type TallyCounts } from './tally.ts';
import { loginTokens, signingTokens } from './tokens.ts';

export interface Watcher {
  spectator: Spectator;
  connection: Connection;
}

export interface Clients {
  buyers: Buyer[];
  watchers: Watcher[];
  /** One open connection, or HTTP client, a node: to ask for its time. */
  connections: Map<string, Connection>;
  https: Map<string, HttpClient>;
  failures: Record<string, number>;
}

const handshakesAtOnce = 48;
const httpSocketsMax = 256;

/** Makes the shard's shoppers and spectators and connects them, a bounded number at a time. */
export async function connectClients(
  shard: Shard,
  tally: TallyCounts,
  onConnected: () => void,
): Promise<Clients> {
  const gate = new Gate(handshakesAtOnce);
  const clients: Clients = {
    buyers: [],
    watchers: [],
    connections: new Map(),
    https: new Map(),
    failures: {},
  };
  for (const url of shard.urls)
    clients.https.set(url, createHttpClient(url, httpSocketsMax, shard.localAddresses[0]));
  const onReconnect = () => {
    tally.reconnects++;
  };
  const urlOf = (i: number) => shard.urls[i % shard.urls.length] as string;
  const placeOf = (i: number) => {
    const localAddress = shard.localAddresses[i % Math.max(1, shard.localAddresses.length)];
    return { url: urlOf(i), gate, onReconnect, ...(localAddress === undefined ? {} : { localAddress }) };
  };

  async function connectBuyer(i: number): Promise<void> {
    const number = shard.buyersFrom + i;
    const customerId = `crowd-${shard.seed}-${number}`;
    const http = clients.https.get(urlOf(i)) as HttpClient;
    const tokens = shard.secret === undefined ? loginTokens(http) : signingTokens(shard.secret);
    const token = await gate.run(() => tokens(customerId, 'customer'));
    if (!token.ok) return increment(clients.failures, token.message);
    const random = createRandom(shard.seed + number);
    const byHttp = i < shard.httpBuyers;
    const bySocket = byHttp ? null : createSocketChannel({ ...placeOf(i), token: token.token, random });
    const channel: Channel = bySocket ?? createHttpChannel({ http, token: token.token, random });
    // A socket passes the gate by itself, each time it connects.
    const connected = await (byHttp ? gate.run(() => channel.connect()) : channel.connect());
    if (!connected.ok) return increment(clients.failures, connected.code);
    if (bySocket !== null) clients.connections.set(urlOf(i), bySocket.connection);
    const double = shard.doubleEvery > 0 && number % shard.doubleEvery === 0;
    clients.buyers.push({ customerId, channel, random, double });
    onConnected();
  }

  const readStock = createStockReader();
  async function connectSpectator(i: number): Promise<void> {
    const spectator = new Spectator();
    const connection = new Connection({
      ...placeOf(i),
      random: createRandom(shard.seed - 1 - i),
      onStock: (text) => {
        const stock = readStock(text);
        if (stock !== null) spectator.onStock(stock, localNowMs());
      },
      onEvent: (name, payload) => {
        const sale = name === 'sale' ? saleSchema.safeParse(payload) : null;
        if (sale?.success) spectator.onSale(sale.data);
      },
    });
    const connected = await connection.connect();
    if (!connected.ok) return increment(clients.failures, connected.code);
    clients.watchers.push({ spectator, connection });
    clients.connections.set(urlOf(i), connection);
    onConnected();
  }

  await Promise.all([
    ...Array.from({ length: shard.buyers }, (_, i) => connectBuyer(i)),
    ...Array.from({ length: shard.spectators }, (_, i) => connectSpectator(i)),
  ]);
  return clients;
}
