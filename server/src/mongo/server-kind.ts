import type { Connection } from 'mongoose';

/** FerretDB on SQLite finds a document by its id, and scans all documents for anything else. */
export async function scansForAllButIds(connection: Connection): Promise<boolean> {
  const build = await connection.db?.admin().command({ buildInfo: 1 });
  return typeof build?.ferretdbVersion === 'string';
}

/** A scan of all orders takes about half a second then; with several at once, the order writer gets hardly any time. */
const scannedOrdersMax = 20_000;

/** Why this server can take no further sale; null if it can. */
export function createWhyFull(connection: Connection, scans: boolean): () => Promise<string | null> {
  return async () => {
    if (!scans) return null;
    const orders = await connection.collection('orders').estimatedDocumentCount();
    return orders <= scannedOrdersMax
      ? null
      : `FerretDB holds ${orders} orders, and the limit here is ${scannedOrdersMax}, because it scans all of them. Use MongoDB, or an empty DATA_DIR.`;
  };
}
