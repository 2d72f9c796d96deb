import { type RehearsalPlan, rehearsalSizes } from '@flipzon/protocol/rehearsal-schemas.ts';
import { wholeNumber } from '../setup/whole-number.ts';

export type Size = keyof typeof rehearsalSizes;
export const sizes = Object.keys(rehearsalSizes) as Size[];

/** The fields of a rehearsal. */
export type RehearsalDraft = Record<Size, string> & Pick<RehearsalPlan, 'services'>;

export const usualDraft: RehearsalDraft = {
  shoppers: String(rehearsalSizes.shoppers.usual),
  quantity: String(rehearsalSizes.quantity.usual),
  spreadS: String(rehearsalSizes.spreadS.usual),
  nodes: String(rehearsalSizes.nodes.usual),
  services: 'private',
};

export function faultsOf(draft: RehearsalDraft): ReadonlySet<Size> {
  return new Set(sizes.filter((size) => sizeOf(draft, size) === null));
}

/** Null while a field is wrong. `seed` decides which faults come when; a new one each time tests other moments. */
export function rehearsalOf(draft: RehearsalDraft, seed: number): RehearsalPlan | null {
  const [shoppers, quantity, spreadS, nodes] = [
    sizeOf(draft, 'shoppers'),
    sizeOf(draft, 'quantity'),
    sizeOf(draft, 'spreadS'),
    sizeOf(draft, 'nodes'),
  ];
  if (shoppers === null || quantity === null || spreadS === null || nodes === null) return null;
  return { shoppers, quantity, spreadS, nodes, seed, services: draft.services };
}

function sizeOf(draft: RehearsalDraft, size: Size): number | null {
  const { least, most } = rehearsalSizes[size];
  return wholeNumber(draft[size], [least, most]);
}
