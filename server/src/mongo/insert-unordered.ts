import { mongo } from 'mongoose';
import { isDuplicateKey } from './duplicate-key.ts';
import { durable } from './durable.ts';

/** Returns the `_id`s of documents that were refused because the key exists. Rejects on any other error, because the outcome is then unknown. */
export async function insertUnordered<Doc extends { _id: string }>(
  collection: mongo.Collection<Doc>,
  docs: readonly Doc[],
): Promise<Set<string>> {
  try {
    await collection.insertMany([...docs] as never, { ordered: false, writeConcern: durable });
    return new Set();
  } catch (error) {
    if (!(error instanceof mongo.MongoBulkWriteError)) throw error;
    const writeErrors = [error.writeErrors].flat();
    if (writeErrors.length === 0 || !writeErrors.every(isDuplicateKey)) throw error;
    if (error.result.getWriteConcernError() !== undefined) throw error;
    return new Set(writeErrors.map((each) => (docs[each.index] as Doc)._id));
  }
}
