import { setImmediate as turn } from 'node:timers/promises';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { SaleReconciler } from '../../src/recovery/sale-reconciler.ts';
import { CurrentSale } from '../../src/sale/current-sale.ts';
import type { EpochKeys, SaleEpoch } from '../../src/sale/ledger-ports.ts';
import type { SaleRecord } from '../../src/sale/sale.ts';
import type { SaleStore, Successor } from '../../src/sale/store-ports.ts';
import { NoAnswerInTime } from '../../src/shared/with-timeout.ts';
import { saleOf } from '../_support/sale-of.ts';

const onPage = saleOf('on-page');
const next: Successor = { sale: saleOf('next'), takesOverAt: Date.now() + 3_600_000, replacedId: 'on-page' };

describe('a node’s view of the sale', () => {
  const undo: (() => unknown)[] = [];
  afterEach(async () => {
    for (const each of undo.splice(0)) await each();
  });

  it('is read once more for each caller, also while others keep asking', async () => {
    const { reconciler } = reconcilerOf({ successor: null });
    let asked = true;
    const others = (async () => {
      while (asked) {
        void reconciler.refresh();
        await turn();
      }
    })();
    await turn();
    let read = false;
    void reconciler.refresh().then(() => {
      read = true;
    });
    for (let turns = 0; turns < 1_000 && !read; turns++) await turn();
    asked = false;
    await others;
    expect(read).toBe(true);
  });

  it('is read by at most one reading at a time, and by one that begins after it was asked for', async () => {
    const { reconciler, reads } = reconcilerOf({ successor: null });
    const first = reconciler.refresh();
    const begun = reads.begun;
    await Promise.all([reconciler.refresh(), reconciler.refresh(), first]);
    expect({ begun, after: reads.begun, atOnce: reads.atOnceMax }).toEqual({ begun: 1, after: 2, atOnce: 1 });
  });

  it('is read while the keys of the sale that comes next are built again', async () => {
    const recovered: string[] = [];
    const { reconciler, current } = reconcilerOf({
      successor: next,
      // As a recovery does it before it opens an epoch after a loss.
      async recover(sale) {
        await reconciler.refresh();
        recovered.push(sale.id);
      },
    });
    await expect.poll(() => reconciler.refresh().then(() => recovered.includes('next'))).toBe(true);
    await reconciler.refresh();
    expect({ next: current.nextAt, open: reconciler.healthy }).toEqual({
      next: { saleId: 'next', epoch: 2 },
      open: true,
    });
  });

  it('copies its recent claims to the keys of the sale that comes next: until that has worked, and once for each epoch', async () => {
    const { reconciler, copiedTo } = reconcilerOf({ successor: next, failures: 1 });
    await expect(reconciler.refresh()).rejects.toThrow('Redis does not answer');
    // The keys of epoch 1 are lost; what was written to them went with them.
    await expect.poll(() => reconciler.refresh().then(() => copiedTo.includes('next:2'))).toBe(true);
    await reconciler.refresh();
    expect(copiedTo.filter((at) => at === 'next:2')).toHaveLength(1);
  });

  it('copies its recent claims of the sale before to the keys of a sale that took its place: until that has worked, and once', async () => {
    const { reconciler, copiedTo, show, current } = reconcilerOf({ successor: null, failures: 1 });
    await reconciler.refresh();
    expect(copiedTo).toEqual([]);
    show(saleOf('newer'));
    await expect(reconciler.refresh()).rejects.toThrow('Redis does not answer');
    await reconciler.refresh();
    await reconciler.refresh();
    expect(current.snapshot?.sale.id).toBe('newer');
    expect(copiedTo).toEqual(['newer:1', 'newer:1']);
  });

  it('is waited for up to a bound, and not by a node that stops, when another node has the recovery and never ends it', async () => {
    const { reconciler } = reconcilerOf({ successor: null, lockedByAnother: true });
    const stopped = reconciler.establish(onPage);
    await reconciler.stop();
    await expect(stopped).rejects.toThrow(NoAnswerInTime);

    const { reconciler: goesOn } = reconcilerOf({ successor: null, lockedByAnother: true });
    let now = 0;
    const clock = vi.spyOn(performance, 'now').mockImplementation(() => {
      now += 3_000;
      return now;
    });
    undo.push(() => clock.mockRestore());
    await expect(goesOn.establish(onPage)).rejects.toThrow(NoAnswerInTime);
    expect(now).toBeGreaterThan(10_000);
  });

  interface Around {
    successor: Successor | null;
    lockedByAnother?: boolean;
    recover?: (sale: SaleRecord) => Promise<void>;
    /** So often the next sale's keys can't be written to. */
    failures?: number;
  }

  function reconcilerOf(around: Around) {
    const { successor, lockedByAnother = false, recover = async () => undefined, failures = 0 } = around;
    const copiedTo: string[] = [];
    let shown = onPage;
    const epochs = new Map(['on-page', 'next', 'newer'].map((id) => [id, 1]));
    const lost = new Set(['next:1']);
    const reads = { begun: 0, now: 0, atOnceMax: 0 };
    const current = new CurrentSale({ now: Date.now });
    const sales: Pick<SaleStore, 'current' | 'epoch' | 'onShow'> = {
      current: async () => shown,
      async onShow() {
        reads.begun++;
        reads.now++;
        reads.atOnceMax = Math.max(reads.atOnceMax, reads.now);
        await turn();
        reads.now--;
        return { current: shown, successor };
      },
      epoch: async (saleId) => epochs.get(saleId) ?? 0,
    };
    const keys: Pick<EpochKeys, 'inspect' | 'lock' | 'renewLock' | 'unlock'> = {
      async inspect({ saleId, epoch }: SaleEpoch) {
        const open = !lost.has(`${saleId}:${epoch}`);
        return { open, stock: { remaining: 5, seq: 0 }, revision: 1, lastClaimAt: null };
      },
      lock: async () => !lockedByAnother,
      renewLock: async () => undefined,
      unlock: async () => undefined,
    };
    const reconciler = new SaleReconciler({
      current,
      sales: sales as SaleStore,
      keys: keys as EpochKeys,
      ledger: { configure: async () => 'configured' },
      async recover(sale) {
        const epoch = (epochs.get(sale.id) ?? 0) + 1;
        await recover(sale);
        epochs.set(sale.id, epoch);
        return { code: 'recovered', epoch, orders: 0, drained: 0 };
      },
      announce: async () => undefined,
      async copyRecentClaims(_, at) {
        copiedTo.push(`${at.saleId}:${at.epoch}`);
        if (copiedTo.length <= failures) throw new Error('Redis does not answer');
      },
      owner: 'node',
      onError: (error) => {
        throw error;
      },
      onRecovery: () => undefined,
    });
    undo.push(() => current[Symbol.dispose]());
    const show = (sale: SaleRecord) => {
      shown = sale;
    };
    return { reconciler, current, reads, copiedTo, show };
  }
});
