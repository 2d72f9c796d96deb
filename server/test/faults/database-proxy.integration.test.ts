import mongoose from 'mongoose';
import { afterAll, beforeEach, expect, inject, it } from 'vitest';
import { type DatabaseProxy, openDatabaseProxy } from '../_support/database-proxy.ts';
import { through } from '../_support/network-link.ts';

/** The proxy by itself, on the database that all tests share. */

interface Item {
  _id: string;
  n: number;
}

const undo = new AsyncDisposableStack();
afterAll(() => undo.disposeAsync());

const uri = inject('mongodbUri');
const open = async (at: string, options = {}) => {
  const connection = await mongoose
    .createConnection(at, { dbName: 'database-proxy', retryReads: false, ...options })
    .asPromise();
  undo.defer(() => connection.close());
  return connection;
};
const proxy: DatabaseProxy = undo.use(await openDatabaseProxy(Number(new URL(uri).port)));
const [far, near] = await Promise.all([open(through(proxy, uri), { socketTimeoutMS: 500 }), open(uri)]);
const items = far.collection<Item>('items');
const truth = near.collection<Item>('items');
const others = far.collection<Item>('others');

beforeEach(async () => {
  proxy.mend();
  await Promise.all([truth.deleteMany({}), near.collection('others').deleteMany({})]);
});

it('lets everything through, also an answer in several batches, when nothing is to go wrong', async () => {
  await items.insertMany(Array.from({ length: 250 }, (_, n) => ({ _id: String(n), n })));
  await items.updateOne({ _id: '3' }, { $set: { n: -1 } });
  await items.deleteOne({ _id: '4' });
  const found = await items.find().batchSize(50).toArray();
  expect(found.map(({ n }) => n).toSorted((a, b) => a - b)).toEqual([
    -1,
    ...Array.from({ length: 250 }, (_, n) => n).filter((n) => n !== 3 && n !== 4),
  ]);
});

it('drops the answer to a write that the database has carried out, and cuts the connection', async () => {
  const fault = proxy.dropAnswer({ command: 'insert', collection: 'items' });
  await others.insertOne({ _id: 'a', n: 1 });
  await expect(items.insertOne({ _id: 'a', n: 1 })).rejects.toThrow(mongoose.mongo.MongoNetworkError);
  expect(fault.count).toBe(1);
  expect(await truth.findOne({ _id: 'a' })).toEqual({ _id: 'a', n: 1 });
  // Once only.
  await items.insertOne({ _id: 'b', n: 2 });
});

it('drops a command on its way, as many times as requested', async () => {
  const fault = proxy.dropCommand({ command: ['insert', 'update'] }, 2);
  await expect(items.insertOne({ _id: 'a', n: 1 })).rejects.toThrow(mongoose.mongo.MongoNetworkError);
  await expect(items.updateOne({ _id: 'a' }, { $set: { n: 2 } })).rejects.toThrow(
    mongoose.mongo.MongoNetworkError,
  );
  expect(fault.count).toBe(2);
  expect(await truth.countDocuments()).toBe(0);
  await items.insertOne({ _id: 'a', n: 3 });
  expect(await truth.findOne({ _id: 'a' })).toEqual({ _id: 'a', n: 3 });
});

it('holds an answer back until it is released, while other connections go on', async () => {
  await truth.insertOne({ _id: 'a', n: 1 });
  const fault = proxy.holdAnswer({ command: 'find', collection: 'items' });
  let answered = false;
  const found = items.findOne({ _id: 'a' }).finally(() => {
    answered = true;
  });
  await fault.struck();
  await items.updateOne({ _id: 'a' }, { $set: { n: 2 } });
  expect(answered).toBe(false);
  fault.end();
  // As the database was when it answered.
  expect(await found).toEqual({ _id: 'a', n: 1 });
});

it('holds a command back for a time, and delivers it though its client has given up', async () => {
  const fault = proxy.holdCommand(
    { command: 'insert', where: ({ body }) => idsIn(body).includes('late') },
    1,
  );
  await items.insertOne({ _id: 'other', n: 0 });
  await expect(items.insertOne({ _id: 'late', n: 1 })).rejects.toThrow(/timed out/);
  expect(await truth.countDocuments({ _id: 'late' })).toBe(0);
  fault.end();
  await expect.poll(() => truth.countDocuments({ _id: 'late' })).toBe(1);
  const short = proxy.holdCommand({ command: 'insert' }, 1, 20);
  await items.insertOne({ _id: 'short', n: 2 });
  expect(short.count).toBe(1);
});

it('has a command carried out twice, and hands on the second answer', async () => {
  const fault = proxy.repeatCommand({ command: 'insert' });
  await expect(items.insertOne({ _id: 'a', n: 1 })).rejects.toMatchObject({ code: 11_000 });
  expect(fault.count).toBe(1);
  expect(await truth.find().toArray()).toEqual([{ _id: 'a', n: 1 }]);
});

it('repeats an answer', async () => {
  await truth.insertMany([
    { _id: 'a', n: 1 },
    { _id: 'b', n: 2 },
  ]);
  const fault = proxy.repeatAnswer({ command: 'find' });
  expect(await items.findOne({ _id: 'a' })).toEqual({ _id: 'a', n: 1 });
  expect(await items.findOne({ _id: 'b' })).toEqual({ _id: 'b', n: 2 });
  expect(fault.count).toBe(1);
});

it('lets a command fail with an error that the database never gave', async () => {
  proxy.fail({ command: 'update' }, 1, { code: 11_600, codeName: 'InterruptedAtShutdown' });
  await expect(items.updateOne({ _id: 'a' }, { $set: { n: 1 } }, { upsert: true })).rejects.toMatchObject({
    code: 11_600,
  });
  expect(await truth.countDocuments()).toBe(0);
});

function idsIn(body: Record<string, unknown>): unknown[] {
  return (body.documents as Item[]).map(({ _id }) => _id);
}
