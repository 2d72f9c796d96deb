import type { EarlierClaim, SaleEpoch } from '../../src/sale/ledger-ports.ts';
import type { Claim } from '../../src/sale/order.ts';
import type { SaleTerms, StockLevel } from '../../src/sale/sale.ts';
import { isUnitOf, type Variant } from '../../src/sale/variant.ts';

/** One epoch's keys of a sale. */
export interface Keys {
  terms: SaleTerms;
  perCustomer: number;
  nextUnit: number;
  remaining: number;
  /** Of each variant, if the product has any. */
  variants?: { nextUnit: number; remaining: number }[];
  seq: number;
  holders: Map<string, Claim>;
  cancelled: Map<string, Claim>;
  returned: Set<number>;
  /** By customer and request: what bought in earlier sales. */
  earlier: Map<string, EarlierClaim>;
  /** Units with so many holders too many: an order that stands was adopted beside a claim. */
  overAllocated: Map<number, number>;
}

interface Waiting {
  claim: Claim;
  delivered: boolean;
}

/** What Redis holds of one sale. */
export class FakeRedis {
  epochs = new Map<number, Keys>();
  closedFlags = new Set<number>();
  /** From then on another sale has the place of this one, and nothing is claimed. */
  replacedAt = Number.POSITIVE_INFINITY;
  /** What it knew of sales before it, the next one has. */
  handedOn = false;
  outboxes = new Map<number, Map<string, Waiting>>();
  claimScripts = new Set<number>();
  otherScripts = new Set<number>();
  lock: { owner: string; endsAt: number } | null = null;
  /** The number of checks that wrongly find a script missing: false alarms. */
  alarms = 0;
  /** Called with each change of the stock, as the feed is. */
  onStock: (stock: StockLevel) => void = () => undefined;
  /** Called when a buy finds a unit. */
  onClaim: (claim: Claim) => void = () => undefined;
  #entries = 0;

  wipe(): void {
    this.epochs.clear();
    this.closedFlags.clear();
    this.replacedAt = Number.POSITIVE_INFINITY;
    this.handedOn = false;
    this.outboxes.clear();
    this.lock = null;
    this.loseScripts();
  }

  loseScripts(): void {
    this.claimScripts.clear();
    this.otherScripts.clear();
  }

  isClosed(epoch: number): boolean {
    return this.closedFlags.has(epoch) || !this.epochs.has(epoch);
  }

  /** The keys on which that script works; null: it answers `closed`. */
  working({ epoch }: Pick<SaleEpoch, 'epoch'>, script: 'claim' | 'other'): Keys | null {
    const known = script === 'claim' ? this.claimScripts : this.otherScripts;
    return known.has(epoch) && !this.isClosed(epoch) ? (this.epochs.get(epoch) ?? null) : null;
  }

  outbox(epoch: number): Map<string, Waiting> {
    const outbox = this.outboxes.get(epoch) ?? new Map();
    this.outboxes.set(epoch, outbox);
    return outbox;
  }

  append(epoch: number, claim: Claim): void {
    this.outbox(epoch).set(`${++this.#entries}-0`, { claim, delivered: false });
  }

  /** A holder less; true if that was one too many. */
  yieldUnit(keys: Keys, unit: number): boolean {
    const tooMany = keys.overAllocated.get(unit) ?? 0;
    if (tooMany > 1) keys.overAllocated.set(unit, tooMany - 1);
    else keys.overAllocated.delete(unit);
    return tooMany > 0;
  }

  leave(keys: Keys, unit: number): void {
    if (this.yieldUnit(keys, unit)) return;
    keys.returned.add(unit);
    this.count(keys, unit, 1);
  }

  take(keys: Keys, place = 0): number {
    const stock = stockAt(keys, place);
    const own = [...keys.returned].filter((unit) => placeOf(keys, unit) === place);
    const unit = own.length > 0 ? Math.min(...own) : firstFrom(keys, stock.nextUnit, place);
    if (own.length === 0) stock.nextUnit = unit + 1;
    keys.returned.delete(unit);
    this.count(keys, unit, -1);
    return unit;
  }

  /** The unit if it is free; units of its variant before it are then given back. */
  takeThis(keys: Keys, unit: number, unitMax: number): boolean {
    const place = placeOf(keys, unit);
    const stock = stockAt(keys, place);
    if (!keys.returned.delete(unit)) {
      if (unit < stock.nextUnit || unit > unitMax) return false;
      for (let skipped = stock.nextUnit; skipped < unit; skipped++)
        if (placeOf(keys, skipped) === place) keys.returned.add(skipped);
      stock.nextUnit = unit + 1;
    }
    this.count(keys, unit, -1);
    return true;
  }

  count(keys: Keys, unit: number, added: number): void {
    keys.remaining += added;
    const variant = keys.variants?.[placeOf(keys, unit) - 1];
    if (variant !== undefined) variant.remaining += added;
  }

  changed(keys: Keys): number {
    keys.seq++;
    const stock = levelOf(keys);
    // It arrives when the script has ended.
    queueMicrotask(() => this.onStock(stock));
    return keys.seq;
  }
}

export function levelOf({ remaining, seq, variants }: Keys): StockLevel {
  return { remaining, seq, ...(variants && { variants: variants.map((each) => each.remaining) }) };
}

/** The place of a unit's variant among the product's, from 1; 0 where the product has none. */
export function placeOf({ terms }: Pick<Keys, 'terms'>, unit: number): number {
  return terms.variants === undefined
    ? 0
    : terms.variants.findIndex((variant: Variant) => isUnitOf(unit, variant)) + 1;
}

/** The counters of a variant, or of a product without any. */
export function stockAt(keys: Keys, place: number): { nextUnit: number; remaining: number } {
  return keys.variants?.[place - 1] ?? keys;
}

function firstFrom(keys: Keys, unit: number, place: number): number {
  let next = unit;
  while (placeOf(keys, next) !== place) next++;
  return next;
}
