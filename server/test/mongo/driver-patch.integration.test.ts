import { randomBytes } from 'node:crypto';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { mkdtemp, rm } from 'node:fs/promises';
import type { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startPrivateMongodb } from '@flipzon/local-services/private-mongodb.ts';
import mongoose from 'mongoose';
import { expect, inject, it, onTestFinished } from 'vitest';

// What server/patches corrects in the MongoDB driver. Without the patch each of these never settles.

const bounds = {
  serverSelectionTimeoutMS: 3_000,
  connectTimeoutMS: 3_000,
  socketTimeoutMS: 500,
  // The server may be checked again at once.
  minHeartbeatFrequencyMS: 1,
};

/** A client with one connection for commands and one that watches the server, and the sockets of both, oldest first. */
async function connect(uri: string) {
  const sockets: Socket[] = [];
  const keep = (message: unknown) => sockets.push((message as { socket: Socket }).socket);
  subscribe('net.client.socket', keep);
  onTestFinished(() => void unsubscribe('net.client.socket', keep));
  const dbName = `test_${randomBytes(6).toString('hex')}`;
  const client = new mongoose.mongo.MongoClient(uri, { ...bounds, maxPoolSize: 1 });
  onTestFinished(() => client.close());
  await client.connect();
  const db = client.db(dbName);
  await db.command({ ping: 1 });
  return { client, db, sockets };
}

it('a command on a connection that has just been closed fails instead of waiting for ever', async () => {
  const { db, sockets } = await connect(inject('mongodbUri'));
  // As when the server has gone: the socket is destroyed at once, and says so with 'close' a turn later.
  for (const socket of sockets) socket.destroy();
  await expect(db.command({ ping: 1 })).rejects.toThrow(/closed/);
});

it('a check of the server on a connection that has just been closed fails, and the next one finds the server', async () => {
  const { client, db, sockets } = await connect(inject('mongodbUri'));
  const checkFailed = new Promise((resolve) => client.once('serverHeartbeatFailed', resolve));
  for (const socket of sockets) socket.destroy();
  await expect(db.command({ ping: 1 })).rejects.toThrow(/closed/);
  // Asks for a check of the server in the same turn, before the watching connection has said 'close'.
  await expect(db.command({ ping: 1 })).resolves.toMatchObject({ ok: 1 });
  await checkFailed;
});

it('a command too large for the socket’s buffers fails at its deadline when the server has stopped reading', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'flipzon-driver-'));
  onTestFinished(() => rm(dataDir, { recursive: true, force: true }));
  const mongodb = await startPrivateMongodb({ dataDir });
  onTestFinished(() => mongodb[Symbol.asyncDispose]());
  const { db } = await connect(mongodb.url);
  process.kill(mongodb.pid, 'SIGSTOP');
  onTestFinished(() => void process.kill(mongodb.pid, 'SIGCONT'));
  const large = { large: 'x'.repeat(12_000_000) };
  await expect(db.collection('large').insertOne(large)).rejects.toThrow(/timed out/);
});
