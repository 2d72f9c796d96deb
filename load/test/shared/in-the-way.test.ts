import type { Sale } from '@flipzon/protocol/schemas.ts';
import { expect, test } from 'vitest';
import { parseArguments } from '../../crowd/plan/arguments.ts';
import { inTheWay } from '../../shared/in-the-way.ts';
import { parseToolOptions } from '../../tool-runner/tool-options.ts';

const sale = (status: Sale['status']) =>
  ({
    id: 'sale-1',
    product: { name: 'iPhone', price: 999, currency: 'USD', priceMinor: 99_900 },
    status,
    startsAt: '2040-01-01T00:00:00.000Z',
  }) as Sale;

test.each(['scheduled', 'live', 'paused'] as const)(
  'a sale that is %s is in the way of a new one',
  (status) => {
    expect(inTheWay(sale(status), 'http://shop.example')).toMatch(
      /http:\/\/shop\.example.*iPhone \(sale-1\).*--replace/,
    );
  },
);

test('a new sale needs no --replace without a sale, or after one', () => {
  expect(inTheWay(null, 'u')).toBeNull();
  expect(inTheWay(sale('ended'), 'u')).toBeNull();
  expect(inTheWay(sale('sold_out'), 'u')).toBeNull();
});

test('no tool replaces a sale without --replace', () => {
  const tool = { name: 'tool', description: '', notes: '' };
  for (const argv of [[], ['--replace']]) {
    const replace = argv.length > 0;
    expect(parseArguments(argv)).toMatchObject({ options: { replace } });
    expect(parseToolOptions(tool, argv)).toMatchObject({ options: { replace } });
  }
});
