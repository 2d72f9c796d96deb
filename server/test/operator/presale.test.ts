import { expect, it } from 'vitest';
import { movedPresale } from '../../src/operator/presale.ts';
import { isoInstant } from '../../src/sale/sale.ts';

it.each([
  ['is as long after a later opening', 200, 500, 100, 600],
  ['and after an earlier one', 200, 50, 40, 150],
  ['stays over once it is', 200, 500, 200, 200],
  ['stays without an end', null, 500, 100, null],
])('a presale that moves with its sale %s', (_title, codesUntil, to, now, moved) => {
  expect(movedPresale({ startsAt: 100, presale: { codesUntil } }, to, now)).toEqual({ codesUntil: moved });
});

it('is moved to no instant that answers cannot have', () => {
  const codesUntil = Date.parse('9999-12-31T23:00:00Z');
  const moved = movedPresale({ startsAt: 0, presale: { codesUntil } }, 36_000_000, 0);
  expect(isoInstant(moved?.codesUntil ?? 0)).toBe('9999-12-31T23:59:59.999Z');
});

it('makes none where there was none', () => {
  expect(movedPresale({ startsAt: 100 }, 200, 0)).toBeUndefined();
});
