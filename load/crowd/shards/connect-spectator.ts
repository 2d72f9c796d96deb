import { sale as saleSchema } from '@flipzon/protocol/schemas.ts';
import { localNowMs } from '../../shared/clock.ts';
import { createRandom } from '../../shared/random.ts';
import { Connection } from '../customers/connection.ts';
import type { Place } from '../customers/place.ts';
import { Spectator } from '../customers/spectator.ts';
import { createStockReader } from '../customers/stock-reader.ts';

export interface Watcher {
  spectator: Spectator;
  connection: Connection;
}

// One reader for all of the process, since they are all sent the same text.
const readStock = createStockReader();

export async function connectSpectator(
  seed: number,
  place: Place,
): Promise<{ ok: true; watcher: Watcher } | { ok: false; code: string }> {
  const spectator = new Spectator();
  const connection = new Connection({
    ...place,
    random: createRandom(seed),
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
  return connected.ok ? { ok: true, watcher: { spectator, connection } } : connected;
}
