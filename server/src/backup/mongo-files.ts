import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import mongoose, { type Connection } from 'mongoose';

const { EJSON } = mongoose.mongo.BSON;
const batchMax = 500;
/** Of JSON: of images, a few are as large as all orders of a batch. */
const batchCharsMax = 8_000_000;
const ending = '.jsonl';

/**
 * Read in this order, after all others. A collection that refers to orders (seals, totals) is read before them, so that the orders are
 * in the copy. What orders depend on (the quantity after a restock, the epoch) is read after them, and images after the sales that show them.
 */
const last = ['orders', 'sales', 'salerevisions', 'saleepochs', 'images', 'imagefiles'];

/** Writes each collection into one file, one document per line; returns how many each has. Works on a database that is in use. */
export async function dumpDatabase(connection: Connection, to: string): Promise<Record<string, number>> {
  await mkdir(to, { recursive: true, mode: 0o700 });
  const { db } = connection;
  if (db === undefined) throw new Error('MongoDB is not connected');
  const names = (await db.listCollections({}, { nameOnly: true }).toArray())
    .map(({ name }) => name)
    .filter((name) => !name.startsWith('system.'))
    .sort((a, b) => last.indexOf(a) - last.indexOf(b) || a.localeCompare(b));
  const counts: Record<string, number> = {};
  for (const name of names) {
    let count = 0;
    const lines = async function* () {
      for await (const document of db.collection(name).find()) {
        count++;
        yield `${EJSON.stringify(document, { relaxed: false })}\n`;
      }
    };
    await pipeline(Readable.from(lines()), createWriteStream(join(to, `${name}${ending}`), { mode: 0o600 }));
    counts[name] = count;
  }
  return counts;
}

/** Restores into an empty database; rejects if it is not empty. */
export async function fillDatabase(connection: Connection, from: string): Promise<Record<string, number>> {
  const { db } = connection;
  if (db === undefined) throw new Error('MongoDB is not connected');
  const files = (await readdir(from)).filter((file) => file.endsWith(ending)).sort();
  const counts: Record<string, number> = {};
  for (const file of files) {
    const name = basename(file, ending);
    const collection = db.collection(name);
    if ((await collection.findOne()) !== null)
      throw new Error(`The database ${db.databaseName} has ${name} already; restore into an empty one.`);
    let batch: mongoose.mongo.BSON.Document[] = [];
    let count = 0;
    let chars = 0;
    const write = async () => {
      if (batch.length === 0) return;
      await collection.insertMany(batch, { ordered: false, writeConcern: { w: 'majority', journal: true } });
      count += batch.length;
      batch = [];
      chars = 0;
    };
    for await (const line of createInterface({ input: createReadStream(join(from, file)) })) {
      batch.push(EJSON.parse(line, { relaxed: false }));
      chars += line.length;
      if (batch.length >= batchMax || chars >= batchCharsMax) await write();
    }
    await write();
    counts[name] = count;
  }
  return counts;
}
