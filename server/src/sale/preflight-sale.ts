import type { CurrentSale } from './current-sale.ts';
import type { EpochKeys } from './ports.ts';
import type { Probe } from './preflight.ts';

interface Dependencies {
  current: CurrentSale;
  keys: Pick<EpochKeys, 'inspect'>;
}

/** That there is a sale to come, and that it can be bought from. */
export function saleProbes({ current, keys }: Dependencies): Probe[] {
  return [
    {
      name: 'Sale',
      look: async () => {
        const sale = current.view();
        if (sale === null) return { ok: false, detail: 'No sale has been scheduled.' };
        const { id, status, startsAt, endsAt, quantity, remaining } = sale;
        const window = `from ${startsAt} ${endsAt === null ? 'until it is ended' : `to ${endsAt}`}`;
        return {
          ok: status === 'scheduled' || status === 'live',
          detail: `${id} is ${status.replace('_', ' ')}, ${window}, ${remaining} of ${quantity} units left.`,
        };
      },
    },
    {
      name: 'Claim script',
      look: async () => {
        const { at, snapshot } = current;
        if (at === null || snapshot === null)
          return { ok: false, detail: 'There is no sale to load it for.' };
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
