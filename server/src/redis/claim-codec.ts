import { parsePrice, priceOf, usualCurrency } from '@flipzon/protocol/money.ts';
import type { EarlierClaim } from '../sale/ledger-ports.ts';
import type { Claim } from '../sale/order.ts';
import type { UnitRange } from '../sale/variant.ts';

/** A holder's record in Redis is 'unit seq claimedAt requestId'; its field is 'n:customer'. The scripts write the same. */
export function holderField(claim: Pick<Claim, 'slot' | 'customerId'>): string {
  return `${claim.slot}:${claim.customerId}`;
}

export function holderRecord(claim: Claim): string {
  return `${claim.unit} ${claim.seq} ${claim.claimedAt} ${claim.requestId}`;
}

/** Throws when the record is not one that the scripts write: then the key is not ours. */
export function parseHolder(saleId: string, customerId: string, slot: number, record: string): Claim {
  const [unit, seq, claimedAt, requestId] = record.split(' ');
  if (requestId === undefined) throw new Error(`holder record of ${saleId} can't be read: ${record}`);
  return {
    saleId,
    customerId,
    slot,
    unit: Number(unit),
    seq: Number(seq),
    claimedAt: Number(claimedAt),
    requestId,
    arrivedAt: 0,
  };
}

/** A whole hash of holders, as Redis gives it. */
export function parseHolders(saleId: string, hash: Readonly<Record<string, string>>): Claim[] {
  return Object.entries(hash).map(([field, record]) => {
    const { slot, customerId } = parseField(field);
    return parseHolder(saleId, customerId, slot, record);
  });
}

/** The hash of units that are paid: 'n:customer' → seq of the claim. */
export function parseSold(hash: Readonly<Record<string, string>>) {
  return Object.entries(hash).map(([field, seq]) => ({ ...parseField(field), seq: Number(seq) }));
}

function parseField(field: string): { slot: number; customerId: string } {
  const colon = field.indexOf(':');
  return { slot: Number(field.slice(0, colon)), customerId: field.slice(colon + 1) };
}

/** The field under which a claim of an earlier sale is found by its request. A customer's id may contain spaces, a request id does not. */
export function earlierField({ customerId, requestId }: Pick<Claim, 'customerId' | 'requestId'>): string {
  return `${customerId} ${requestId}`;
}

/** 'saleId n unit seq claimedAt price', with a price such as 999 in US dollars, 89.9EUR in any other currency, and 999@XL of a variant. */
export function earlierRecord({ claim, price, variant }: EarlierClaim): string {
  // The claim script reads the records too, and versions before sales had a currency read those in US dollars.
  const currency = price.currency === usualCurrency ? '' : price.currency;
  const { saleId, slot, unit, seq, claimedAt } = claim;
  const sku = variant === undefined ? '' : `@${variant}`;
  return [saleId, slot, unit, seq, claimedAt, `${priceOf(price)}${currency}${sku}`].join(' ');
}

/** Throws when the record is not one that this writes. */
export function parseEarlier(field: string, record: string): EarlierClaim {
  const space = field.lastIndexOf(' ');
  const [saleId = '', slot, unit, seq, claimedAt, priceText = ''] = record.split(' ');
  const [, price = '', currency = usualCurrency, variant] =
    /^([\d.]+)([A-Z]{3})?(?:@([\w.-]+))?$/.exec(priceText) ?? [];
  const parsed = parsePrice(price, currency);
  if (!parsed.ok) throw new Error(`the record of an earlier claim can't be read: ${record}`);
  return {
    claim: {
      ...{ saleId, customerId: field.slice(0, space), requestId: field.slice(space + 1) },
      ...{
        slot: Number(slot),
        unit: Number(unit),
        seq: Number(seq),
        claimedAt: Number(claimedAt),
        arrivedAt: 0,
      },
    },
    price: { minor: parsed.minor, currency },
    ...(variant === undefined ? {} : { variant }),
  };
}

/** The units of a variant as the scripts read them: '1-300 801-900'. */
export function rangesText({ ranges }: { ranges: readonly UnitRange[] }): string {
  return ranges.map(({ from, to }) => `${from}-${to}`).join(' ');
}

export function parseRanges(text: string): UnitRange[] {
  return text
    .split(' ')
    .map((range) => range.split('-').map(Number))
    .map(([from = 0, to = 0]) => ({ from, to }));
}

/** Fields of an outbox entry, flat as Redis returns them. Null if they are not a claim. */
export function parseOutboxFields(saleId: string, fields: readonly string[]): Claim | null {
  const at = new Map<string, string>();
  for (let i = 0; i + 1 < fields.length; i += 2) at.set(fields[i] as string, fields[i + 1] as string);
  const whole = (name: string): number => {
    const text = at.get(name);
    return text !== undefined && /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN;
  };
  const claim: Claim = {
    saleId,
    customerId: at.get('customer') ?? '',
    slot: whole('n'),
    unit: whole('unit'),
    seq: whole('seq'),
    requestId: at.get('request') ?? '',
    claimedAt: whole('at'),
    arrivedAt: whole('arrived'),
  };
  const numbers = [claim.slot, claim.unit, claim.seq, claim.claimedAt, claim.arrivedAt];
  return claim.customerId === '' || claim.requestId === '' || numbers.some(Number.isNaN) ? null : claim;
}
