import type { CurrentSale } from '../sale/current-sale.ts';
import type { EpochKeys } from '../sale/ledger-ports.ts';
import type { Clock } from '../sale/ports.ts';
import { isoInstant } from '../sale/sale.ts';
import type { PlanStore } from '../sale/store-ports.ts';
import type { Probe } from './preflight.ts';

interface Dependencies {
  current: CurrentSale;
  plans: Pick<PlanStore, 'all'>;
  clock: Clock;
  keys: Pick<EpochKeys, 'inspect'>;
}

/** Not needed now: neither passed nor failed. */
const idle = { ok: true, idle: true } as const;

/** Checks that a sale is scheduled, and that it can be bought from. */
export function saleProbes({ current, keys, plans, clock }: Dependencies): Probe[] {
  /** The next planned sale; null if there is none. */
  const waiting = async (): Promise<string | null> => {
    const now = clock.now();
    const next = (await plans.all()).find((plan) => plan.startsAt > now);
    return next === undefined
      ? null
      : `The next one is ${next.id} (${next.product.name}), planned for ${isoInstant(next.startsAt)}.`;
  };
  /** The checks if no sale is scheduled. */
  const off = async (detail: string) => {
    const next = await waiting();
    return next === null
      ? { ...idle, detail: `${detail} No other sale is planned.` }
      : { ok: true, detail: `${detail} ${next}` };
  };
  return [
    {
      name: 'Sale',
      look: async () => {
        const sale = current.view();
        if (sale === null) return off('There is no current sale.');
        const { id, status, startsAt, endsAt, quantity, remaining } = sale;
        const left = `${remaining} of ${quantity} units left`;
        if (status === 'ended') return off(`${id} is over, with ${left}.`);
        if (status === 'sold_out') return off(`${id} is sold out. Restock it to continue.`);
        const window = `from ${startsAt} ${endsAt === null ? 'until it is ended' : `to ${endsAt}`}`;
        return { ok: status !== 'paused', detail: `${id} is ${status}, ${window}, ${left}.` };
      },
    },
    {
      name: 'Claim script',
      look: async () => {
        const { at, snapshot } = current;
        if (at === null || snapshot === null || current.view()?.status === 'ended') {
          return (await waiting()) === null
            ? { ...idle, detail: 'Not needed: no sale is scheduled.' }
            : { ok: true, detail: 'Loaded when the next sale is prepared.' };
        }
        const { open, revision } = await keys.inspect(at);
        if (!open)
          return {
            ok: false,
            detail: `Epoch ${at.epoch} is closed: a recovery is due or running. Check again in a moment.`,
          };
        const newest = snapshot.sale.terms.revision;
        return {
          ok: revision === newest,
          detail: `Loaded for epoch ${at.epoch}; Redis has version ${revision} of the sale, the newest is ${newest}.`,
        };
      },
    },
  ];
}
