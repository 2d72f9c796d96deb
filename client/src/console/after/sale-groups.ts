import type { SaleResult } from '@flipzon/protocol/operator.ts';

/** The groups into which a shop manager sorts sales. */
export const saleGroups = ['draft', 'ahead', 'on', 'over'] as const;
export type SaleGroup = (typeof saleGroups)[number];

const groups: Record<SaleResult['status'], SaleGroup> = {
  draft: 'draft',
  planned: 'ahead',
  scheduled: 'ahead',
  live: 'on',
  paused: 'on',
  sold_out: 'on',
  ended: 'over',
  called_off: 'over',
};

export function groupOf(status: SaleResult['status']): SaleGroup {
  return groups[status];
}

/** It is not on the page yet, so it has no results. */
export function isAhead({ status }: SaleResult): boolean {
  return status === 'draft' || status === 'planned';
}
