import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { forbiddenImports, forbiddenInTree, roomOf } from '../src/check-imports.ts';
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
