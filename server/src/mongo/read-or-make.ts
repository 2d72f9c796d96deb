import { setTimeout as delay } from 'node:timers/promises';
import { unlessThere } from './duplicate-key.ts';

const attemptsMax = 50;
const againMs = 100;

/**
 * Reads a document that is stored once, or creates it. Another node's document may block ours before a majority has it, and so
 * before it can be read.
 */
export async function readOrMake<T>(read: () => Promise<T | null>, make: () => Promise<unknown>): Promise<T> {
  for (let attempt = 0; attempt < attemptsMax; attempt++) {
    const stored = await read();
    if (stored !== null) return stored;
    if (!(await unlessThere(make()))) await delay(againMs);
  }
  throw new Error('a document that another node has written does not become readable');
}
