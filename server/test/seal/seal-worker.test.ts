import { expect, it, onTestFinished, vi } from 'vitest';
import { CurrentSale } from '../../src/sale/current-sale.ts';
import type { Seal } from '../../src/seal/seal.ts';
import type { SealOutcome } from '../../src/seal/seal-sale.ts';
import { SealWorker } from '../../src/seal/seal-worker.ts';
import { usd } from '../_support/usd.ts';

it.each<[string, () => Promise<SealOutcome>]>([
  ['is not over', async () => ({ code: 'not_over' })],
  ['changes at every look', async () => ({ code: 'changed' })],
  ['can’t be read', async () => Promise.reject(new Error('a fault'))],
])('an earlier sale that %s is looked at once a look, and the current sale is sealed', async (_, outcome) => {
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
  using current = new CurrentSale({ now: () => Date.now() });
  current.replace({
    sale: {
      ...{
        id: 'shown',
        product: { name: 'iPhone', price: usd(1) },
        perCustomer: 1,
        simulated: false,
        createdAt: 0,
      },
      terms: { revision: 1, quantity: 1, startsAt: 0, endsAt: 1, paused: false, reason: null },
    },
    ...{ epoch: 1, stock: { remaining: 1, seq: 0 }, lastClaimAt: null, available: true },
  });
  const looked: string[] = [];
  const sealed: string[] = [];
  const worker = new SealWorker({
    current,
    sealSale: async (saleId) => {
      // A look without an end is what this test is about; it must not hang in it.
      if (looked.push(saleId) > 1_000) await new Promise(() => undefined);
      if (saleId !== 'shown') return outcome();
      return { code: 'sealed', seal: { saleId } as Seal };
    },
    unsealed: async () => ['earlier', 'another'],
    onSeal: ({ saleId }) => sealed.push(saleId),
    onBroken: () => undefined,
    onError: () => undefined,
  });
  worker.start();
  onTestFinished(() => void worker.stop());
  // The first look at earlier sales begins before the current one is over.
  const { sale } = current.snapshot ?? {};
  if (sale === undefined) throw new Error('no sale');
  current.replace({
    sale: { ...sale, terms: { ...sale.terms, endsAt: null } },
    ...{ epoch: 1, stock: { remaining: 1, seq: 0 }, lastClaimAt: null, available: true },
  });
  await vi.advanceTimersByTimeAsync(1_300);
  current.replace({
    sale,
    ...{ epoch: 1, stock: { remaining: 1, seq: 0 }, lastClaimAt: null, available: true },
  });
  await vi.advanceTimersByTimeAsync(10_000);
  expect(sealed).toEqual(['shown']);
  expect(looked.filter((id) => id === 'earlier').length).toBeGreaterThan(2);
  expect(looked.length).toBeLessThan(30);
});
