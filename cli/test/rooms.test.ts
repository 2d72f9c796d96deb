import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import {
  forbiddenImports,
  forbiddenInTree,
  roomOf,
  unitTestsThatStartSomething,
} from '../src/check-imports.ts';
import { rooms } from '../src/rooms.ts';
import { root } from '../src/root.ts';

test('every import of the tree goes in a direction that the table of rooms allows', () => {
  expect(forbiddenInTree()).toEqual([]);
});

test('every room is there', () => {
  expect(Object.keys(rooms).filter((name) => !existsSync(join(root, name)))).toEqual([]);
});

test('rooms do not import each other in a circle', () => {
  const reached = (from: string, seen = new Set<string>()): Set<string> => {
    for (const name of rooms[from] ?? []) {
      if (name === from || seen.has(name)) continue;
      seen.add(name);
      reached(name, seen);
    }
    return seen;
  };
  expect(Object.keys(rooms).filter((name) => reached(name).has(name))).toEqual([]);
});

test.each([
  ['server/src/sale/a.ts', "import { a } from '../buying/a.ts';", 'server/src/buying'],
  ['server/src/buying/a.ts', "import type { A } from '../orders/a.ts';", 'server/src/orders'],
  ['server/src/buying/deep/a.ts', "export { a } from '../../redis/a.ts';", 'server/src/redis'],
  ['server/src/gateway/a.ts', "const a = await import('../http/a.ts');", 'server/src/http'],
  ['server/src/seal/a.ts', "import { MongoClient } from 'mongoose';", 'mongoose'],
  ['server/src/http/a.ts', "import { a } from '@flipzon/local-services/a.ts';", 'local-services/src'],
  ['protocol/src/a.ts', "import { a } from '@flipzon/server/shared/a.ts';", 'server/src/shared'],
  ['client/src/shop/model/a.ts', "import { a } from '../live/a.ts';", 'client/src/shop/live'],
])('in %s, %s is refused', (file, text, named) => {
  expect(forbiddenImports(file, text)).toEqual([expect.stringContaining(named)]);
});

test('imports inward, of the same room, of Node and of other libraries are allowed', () => {
  const text = `
    import { readFile } from 'node:fs/promises';
    import { z } from 'zod';
    import type { Order } from '@flipzon/protocol/schemas.ts';
    import { claimOf } from '../sale/order.ts';
    import { receiptOf } from './receipt.ts';`;
  expect(forbiddenImports('server/src/buying/a.ts', text)).toEqual([]);
});

test('a file outside of every room is named', () => {
  expect(roomOf('server/src/somewhere/a.ts')).toBeUndefined();
  expect(forbiddenImports('server/src/somewhere/a.ts', '')).toEqual([expect.stringContaining('in no room')]);
});

describe('a unit test', () => {
  // Not written out as an import, which this file does not have.
  const starter = 'node:child_process';
  const database = 'mongodbUri';
  const files: Record<string, string> = {
    'server/test/a.test.ts': "import { b } from './_support/b.ts';",
    'server/test/_support/b.ts': "import { c } from '@flipzon/local-services/c.ts';\nimport './b.ts';",
    'local-services/src/c.ts': `import { spawn } from '${starter}';`,
    'server/test/database.test.ts': `await openShop(inject('${database}'));`,
    'server/test/types.test.ts': `import type {\n  ChildProcess,\n} from '${starter}';`,
  };
  const found = (...tests: string[]) => unitTestsThatStartSomething((file) => files[file] ?? '', tests);

  test('of the tree starts no process, itself or through helpers', () => {
    expect(unitTestsThatStartSomething()).toEqual([]);
  });

  test('that could start one is named, with the way to it', () => {
    expect(found('server/test/a.test.ts')).toEqual([
      'server/test/a.test.ts → server/test/_support/b.ts → local-services/src/c.ts → node:child_process: ' +
        'a test that needs something started is named *.integration.test.ts',
    ]);
  });

  test('that needs the database of all tests is named', () => {
    expect(found('server/test/database.test.ts')).toEqual([expect.stringContaining(database)]);
  });

  test('may import types of what starts one', () => {
    expect(found('server/test/types.test.ts')).toEqual([]);
  });
});
