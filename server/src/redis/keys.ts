import type { SaleEpoch } from '../sale/ledger-ports.ts';

/** Every key and channel there is. The braces put all keys of a sale into one slot, which one script may touch together. */
export function saleKeys({ saleId, epoch }: SaleEpoch) {
  const prefix = `sale:{${saleId}}:${epoch}`;
  return {
    state: `${prefix}:state`,
    holders: `${prefix}:holders`,
    cancelled: `${prefix}:cancelled`,
    returned: `${prefix}:returned`,
    outbox: `${prefix}:outbox`,
    // Named as in the first version, so that what is there stays readable.
    deadLetters: `${prefix}:poisoned`,
    earlier: `${prefix}:earlier`,
    due: `${prefix}:due`,
    sold: `${prefix}:sold`,
  };
}

/** Counts the buys of a customer, over the epochs of a sale. */
export function buyCounter(saleId: string, customerId: string): string {
  return `sale:{${saleId}}:buys:${customerId}`;
}

/** Counts the access codes that a customer or a network has tried. */
export function redeemCounter(saleId: string, who: string): string {
  return `sale:{${saleId}}:redeems:${who}`;
}

export function stockChannel(saleId: string): string {
  return `sale:{${saleId}}:stock`;
}

export const stockChannelPattern = 'sale:{*}:stock';

export function saleOfStockChannel(channel: string): string | null {
  return /^sale:\{([^}]+)\}:stock$/.exec(channel)?.[1] ?? null;
}

export function recoveryLock(saleId: string): string {
  return `sale:{${saleId}}:recovering`;
}

/** Held by the node that looks for holds that are due. */
export function sweepLease(saleId: string): string {
  return `sale:{${saleId}}:sweeping`;
}

/** The fencing number of the newest sweep. */
export function sweepCounter(saleId: string): string {
  return `sale:{${saleId}}:sweeps`;
}

/** Names the scripts that were loaded last (scripts.ts). */
export const newestGeneration = 'sale:generation';
export const announcementChannel = 'flipzon:sale-changed';
export const presenceChannel = 'flipzon:presence';
export const nodeStatsChannel = 'flipzon:figures';
export const writerGroup = 'writers';
