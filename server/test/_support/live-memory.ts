import { once } from 'node:events';
import type { NodeProcess } from './node-process.ts';

/** What a process can still reach; garbage has been collected. */
export interface LiveMemory {
  heapBytes: number;
  /** Buffers, and what else lies outside of the heap. */
  externalBytes: number;
  /** Whatever emits events: sockets of every layer, requests, responses, streams. */
  emitters: number;
  promises: number;
}

const answerMsMax = 60_000;
/** What is being closed is let go of after a few turns of the event loop. */
const collections = 3;
const group = 'live-memory';

/** Looks over a node's inspector, so that the node itself needs no door for it. */
export async function liveMemory({ inspectorUrl }: NodeProcess): Promise<LiveMemory> {
  if (inspectorUrl === null) throw new Error('the node was started without an inspector');
  const socket = new WebSocket(inspectorUrl);
  try {
    await once(socket, 'open', { signal: AbortSignal.timeout(answerMsMax) });
    for (let i = 0; i < collections; i++) await ask(socket, 'HeapProfiler.collectGarbage');
    const usage = await evaluate(socket, 'JSON.stringify(process.memoryUsage())');
    const { heapUsed, external } = JSON.parse(String(usage.value)) as NodeJS.MemoryUsage;
    const emitters = await count(socket, "process.getBuiltinModule('events').prototype");
    const promises = await count(socket, 'Promise.prototype');
    return { heapBytes: heapUsed, externalBytes: external, emitters, promises };
  } finally {
    socket.close();
  }
}

/** How many objects inherit from it. */
async function count(socket: WebSocket, prototype: string): Promise<number> {
  const { objectId: prototypeObjectId } = await evaluate(socket, prototype);
  const { objects } = await ask<{ objects: RemoteObject }>(socket, 'Runtime.queryObjects', {
    prototypeObjectId,
    objectGroup: group,
  });
  const { result } = await ask<{ result: RemoteObject }>(socket, 'Runtime.callFunctionOn', {
    functionDeclaration: 'function () { return this.length; }',
    objectId: objects.objectId,
  });
  await ask(socket, 'Runtime.releaseObjectGroup', { objectGroup: group });
  return Number(result.value);
}

interface RemoteObject {
  value?: unknown;
  objectId?: string;
}

async function evaluate(socket: WebSocket, expression: string): Promise<RemoteObject> {
  const params = { expression, objectGroup: group };
  return (await ask<{ result: RemoteObject }>(socket, 'Runtime.evaluate', params)).result;
}

/** One question at a time; nothing else comes, as nothing is subscribed to. */
async function ask<Answer>(socket: WebSocket, method: string, params = {}): Promise<Answer> {
  const answered = once(socket, 'message', { signal: AbortSignal.timeout(answerMsMax) });
  socket.send(JSON.stringify({ id: 1, method, params }));
  const [message] = await answered;
  const answer = JSON.parse(message.data) as { result: Answer; error?: { message: string } };
  if (answer.error !== undefined) throw new Error(`${method}: ${answer.error.message}`);
  return answer.result;
}
