import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startPrivateMongodb } from '@flipzon/local-services/private-mongodb.ts';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  export interface ProvidedContext {
    mongodbUri: string;
  }
}

/** One database server for all test files; each file uses a separate database in it. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const dataDir = await mkdtemp(join(tmpdir(), 'flipzon-mongodb-'));
  const mongodb = await startPrivateMongodb({ dataDir });
  project.provide('mongodbUri', mongodb.url);
  return async () => {
    await mongodb[Symbol.asyncDispose]();
    await rm(dataDir, { recursive: true, force: true });
  };
}
