import type { CurrentSale } from './current-sale.ts';
import type { EpochKeys } from './ledger-ports.ts';
import type { Probe } from './preflight.ts';

interface Dependencies {
  current: CurrentSale;
  keys: Pick<EpochKeys, 'inspect'>;
}

/** Nothing is wrong, and nothing is found right either. */
const idle = { ok: true, idle: true } as const;

/** That there is a sale to come, and that it can be bought from. */
export function saleProbes({ current, keys }: Dependencies): Probe[] {
  return [
    {
      name: 'Sale',
      look: async () => {
        const sale = current.view();
        if (sale === null) return { ...idle, detail: 'No sale has been scheduled; there is none to check.' };
        const { id, status, startsAt, endsAt, quantity, remaining } = sale;
        const left = `${remaining} of ${quantity} units left`;
        if (status === 'ended')
          return { ...idle, detail: `${id} is over, with ${left}; no other one is to come.` };
        if (status === 'sold_out') return { ...idle, detail: `${id} is sold out; a restock would wake it.` };
        const window = `from ${startsAt} ${endsAt === null ? 'until it is ended' : `to ${endsAt}`}`;
        return { ok: status !== 'paused', detail: `${id} is ${status}, ${window}, ${left}.` };
      },
    },
    {
      name: 'Claim script',
      look: async () => {
        const { at, snapshot } = current;
        if (at === null || snapshot === null) return { ...idle, detail: 'There is no sale to load it for.' };
        if (current.view()?.status === 'ended') return { ...idle, detail: 'A sale that is over needs none.' };
        const { open, revision } = await keys.inspect(at);
        if (!open)
          return { ok: false, detail: `Epoch ${at.epoch} is not open; a recovery is due or under way.` };
        const newest = snapshot.sale.terms.revision;
        return {
          ok: revision === newest,
          detail: `Loaded for epoch ${at.epoch}; Redis goes by version ${revision} of the sale, the newest is ${newest}.`,
        };
      },
    },
  ];
}
