import type { HttpClient } from '../../shared/http-client.ts';
import { createRandom } from '../../shared/random.ts';
import type { TokenSource } from '../../shared/tokens.ts';
import type { Buyer } from '../customers/buyer.ts';
import type { Connection } from '../customers/connection.ts';
import { createHttpChannel } from '../customers/http-channel.ts';
import type { Place } from '../customers/place.ts';
import { createSocketChannel } from '../customers/socket-channel.ts';
import { isScalper } from '../plan/shapes.ts';
import type { Shard } from './messages.ts';

type Made = { ok: true; buyer: Buyer; connection: Connection | null } | { ok: false; code: string };

/** The `i`-th shopper of a shard: gets a token, connects, and is ready to press. */
export async function connectBuyer(
  shard: Shard,
  i: number,
  place: Place,
  http: HttpClient,
  tokens: TokenSource,
): Promise<Made> {
  const number = shard.buyersFrom + i;
  const customerId = `crowd-${shard.seed}-${number}`;
  const random = createRandom(shard.seed + number);
  const scalper = isScalper(shard.shape, number);
  const double = shard.doubleEvery > 0 && number % shard.doubleEvery === 0;
  const signed = await place.gate.run(() => tokens(customerId, 'customer'));
  if (!signed.ok) return { ok: false, code: signed.message };
  const { token } = signed;

  if (i < shard.httpBuyers && !scalper) {
    const channel = createHttpChannel({ http, token, random });
    const connected = await place.gate.run(() => channel.connect());
    if (!connected.ok) return connected;
    return { ok: true, buyer: { customerId, channel, random, double, scalper }, connection: null };
  }
  // A socket passes the gate by itself, each time it connects.
  const channel = createSocketChannel({ ...place, token, random });
  const connected = await channel.connect();
  if (!connected.ok) return connected;
  return {
    ok: true,
    buyer: { customerId, channel, random, double, scalper },
    connection: channel.connection,
  };
}
