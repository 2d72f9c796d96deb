import { startBody } from '@flipzon/protocol/sale-terms.ts';
import { expect, it } from 'vitest';
import { createOperate } from '../../src/operator/operate.ts';
import type { SaleRecord } from '../../src/sale/sale.ts';
import type { SaleStore } from '../../src/sale/store-ports.ts';

it('the answer to an operator says that a sale was made, even if Redis fails before other nodes know of it', async () => {
  const made: SaleRecord[] = [];
  const faults: unknown[] = [];
  const fault = new Error('Connection is closed.');
  const sales: Pick<SaleStore, 'current' | 'successor' | 'create'> = {
    current: async () => null,
    successor: async () => null,
    async create(sale) {
      made.push(sale);
      return 'created';
    },
  };
  const operate = createOperate({
    sales: sales as SaleStore,
    ledger: {} as never,
    log: { termsSince: async () => [] },
    clock: { now: () => 1_000_000 },
    announcer: { announce: () => Promise.reject(fault) },
    timeZone: 'UTC',
    currency: 'USD',
    describe: async () => ({ ok: true, details: null }),
    quantityMax: 1_000,
    whyNoRealSale: async () => null,
    takesPayments: true,
    whyFull: async () => null,
    refresh: async () => undefined,
    establish: async () => undefined,
    drain: async () => true,
    onError: (error) => void faults.push(error),
  });
  const outcome = await operate.start(startBody.parse({ startsAt: 'now' }), {
    by: 'operator',
    expectedVersion: null,
  });
  expect({ made: made.length, faults }).toEqual({ made: 1, faults: [fault] });
  expect(outcome).toMatchObject({
    ok: false,
    code: 'unavailable',
    message: 'The sale is created but not yet visible on all nodes. Check the sale before you try again.',
  });
});
