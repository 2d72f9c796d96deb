import { createSecretKey } from 'node:crypto';
import { accessCodesMax } from '@flipzon/protocol/presale.ts';
import { expect, it } from 'vitest';
import { createAccess } from '../../src/presale/access.ts';
import { createAccessCodes } from '../../src/presale/access-codes.ts';

/** The codes of a sale, with a store in memory. */
function codesInMemory() {
  const stored = new Set<string>();
  let adding = 0;
  const codes = createAccessCodes({
    store: {
      async add(added) {
        adding++;
        const known = new Set(added.map(({ id }) => id).filter((id) => stored.has(id)));
        for (const { id } of added) stored.add(id);
        return known;
      },
      known: async (ids) => ids.filter((id) => stored.has(id)).length,
      counts: async () => ({ issued: stored.size, redeemed: 0, revoked: 0 }),
      find: async () => ({ code: null, use: null }),
      use: async (_id, _saleId, use) => use,
    },
    access: createAccess([createSecretKey(Buffer.alloc(32))]),
    log: { begin: async () => undefined, done: async () => undefined },
    clock: { now: () => 0 },
  });
  const send = (lines: readonly string[]) =>
    codes.import(
      'sale',
      (async function* () {
        for (let from = 0; from < lines.length; from += 999) yield lines.slice(from, from + 999);
      })(),
      { variants: [], by: 'olga' },
    );
  return { send, stored, adding: () => adding };
}

it('takes as many imported codes as a sale may have, and of a file with more none', async () => {
  const { send, stored, adding } = codesInMemory();
  const lines = Array.from({ length: accessCodesMax + 1 }, (_, index) => `CODE-${index + 1_000_000}`);
  expect(await send(lines)).toMatchObject({ ok: false, code: 'conflict' });
  expect(adding()).toBe(0);
  expect(await send(lines.slice(1))).toMatchObject({ ok: true, imported: accessCodesMax });
  const before = adding();
  expect(await send(lines.slice(0, 2))).toMatchObject({ ok: false, code: 'conflict' });
  expect([stored.size, adding()]).toEqual([accessCodesMax, before]);
  // Codes that are there already need no room.
  expect(await send(lines.slice(1, 6))).toMatchObject({ ok: true, imported: 0, duplicates: 5 });
});

it('reads a file of blank lines and a heading as no codes', async () => {
  const { send } = codesInMemory();
  expect(await send(['Code,Variant', ...new Array(2_000).fill(''), 'code'])).toMatchObject({
    ...{ imported: 0, duplicates: 0, invalid: 1, lines: [{ line: 2_002, why: 'invalid' }] },
  });
});
