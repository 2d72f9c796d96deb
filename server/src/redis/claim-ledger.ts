import type { ClaimLedger, ClaimOutcome, EarlierClaim, SaleEpoch } from '../sale/ledger-ports.ts';
import type { Claim } from '../sale/order.ts';
import { type BuyToDecide, ClaimCalls } from './claim-calls.ts';
import {
  earlierField,
  holderField,
  holderRecord,
  parseEarlier,
  parseHolder,
  parseHolders,
  rangesText,
} from './claim-codec.ts';
import type { RedisClient } from './connections.ts';
import { countInWindow } from './count-in-window.ts';
import { EpochsScripts, oneOf, type Reply } from './epochs-scripts.ts';
import { buyCounter, saleKeys, stockChannel } from './keys.ts';
import { readClaims, readPurchases } from './read-purchases.ts';
import { transactionReplies } from './transaction.ts';

/** About 20 MB of Redis. */
const backlogMaxDefault = 100_000;

export interface ClaimLimits {
  /** Claims that may wait for MongoDB before no more are taken. */
  backlogMax?: number;
  /** Buys that one customer may make, over all nodes. */
  rate: { points: number; perMs: number };
  /** Redis has decided, or failed to decide, the buys of one call. */
  onCall?: (tookMs: number) => void;
}

/** More overdue holds are counted as this many. */
const overdueCountMax = 1_000;

/** Claims, by the scripts of an epoch. The only place that interprets a script's reply. */
export class RedisClaimLedger implements ClaimLedger {
  readonly #redis: RedisClient;
  readonly #limits: Required<Omit<ClaimLimits, 'onCall'>>;
  readonly #calls: ClaimCalls;
  readonly #scripts: EpochsScripts;
  #bound: {
    at: SaleEpoch;
    keys: ReturnType<typeof saleKeys>;
    channel: string;
  } | null = null;

  constructor(redis: RedisClient, { rate, backlogMax = backlogMaxDefault, onCall }: ClaimLimits) {
    this.#redis = redis;
    this.#limits = { rate, backlogMax };
    this.#scripts = new EpochsScripts(redis);
    this.#calls = new ClaimCalls((at, buys) => this.#decide(at, buys), onCall);
  }

  get openBuys(): number {
    return this.#calls.open;
  }

  claim(at: SaleEpoch, buy: BuyToDecide): Promise<ClaimOutcome> {
    return this.#calls.decide(at, buy);
  }

  async #decide(at: SaleEpoch, buys: readonly BuyToDecide[]): Promise<ClaimOutcome[]> {
    const { keys, channel } = this.#of(at);
    const { points, perMs } = this.#limits.rate;
    const counters = buys.map((buy) => buyCounter(at.saleId, buy.customerId));
    const replies = await this.#scripts.call(
      at,
      'claim',
      [keys.state, keys.holders, keys.cancelled, keys.returned, keys.outbox, keys.earlier, ...counters],
      [
        ...[channel, this.#limits.backlogMax, points, perMs],
        ...buys.flatMap((buy) => [
          buy.customerId,
          buy.requestId,
          Math.round(buy.arrivedAt),
          buy.decideBy ?? 0,
        ]),
        ...(buys[0]?.variant === undefined ? [] : buys.map(({ variant }) => variant ?? 0)),
      ],
    );
    const [ofAll] = replies;
    if (ofAll === 'closed' || ofAll === 'replaced') return buys.map(() => ({ code: ofAll }));
    const decided = replies as unknown as readonly Reply[];
    return buys.map((buy, index) => claimOutcome(at.saleId, buy, decided[index] ?? []));
  }

  countBuy(saleId: string, customerId: string): Promise<number> {
    return countInWindow(this.#redis, buyCounter(saleId, customerId), this.#limits.rate);
  }

  claimsOf(at: SaleEpoch, customerId: string, perCustomer: number) {
    return readClaims(this.#redis, at, customerId, perCustomer);
  }

  purchasesOf(at: SaleEpoch, buy: Pick<BuyToDecide, 'customerId' | 'requestId'>, perCustomer: number) {
    return readPurchases(this.#redis, at, buy, perCustomer);
  }

  async allClaims(at: SaleEpoch, earlierMax: number, withSold = false) {
    const { keys } = this.#of(at);
    const reading = this.#redis
      .multi()
      .hmget(keys.state, 'closed', 'remaining', 'seq', 'opened')
      .hgetall(keys.holders)
      .hgetall(keys.cancelled);
    const replies = await (withSold ? reading.hlen(keys.sold) : reading).exec();
    const [state, held, cancelled, sold] = transactionReplies(replies) as [
      (string | null)[],
      Record<string, string>,
      Record<string, string>,
      number?,
    ];
    const [closedFlag, remaining, seq, opened] = state;
    // Until the epoch opens, requests of earlier sales and restored claims are still being written, and the stock does not show that.
    if (closedFlag !== '0' || opened === '0') return null;
    return {
      stock: { remaining: Number(remaining), seq: Number(seq), ...(sold !== undefined && { sold }) },
      claims: [
        ...parseHolders(at.saleId, held).map((claim) => ({ claim, cancelled: false })),
        ...parseHolders(at.saleId, cancelled).map((claim) => ({ claim, cancelled: true })),
      ],
      earlier: await this.#allEarlier(at, earlierMax),
    };
  }

  /** They are written before the epoch opens, and do not change. */
  async #allEarlier(at: SaleEpoch, max: number): Promise<EarlierClaim[] | null> {
    const { earlier } = this.#of(at).keys;
    if ((await this.#redis.hlen(earlier)) > max) return null;
    return Object.entries(await this.#redis.hgetall(earlier)).map((entry) => parseEarlier(...entry));
  }

  async earlierOf(at: SaleEpoch, customerId: string, requestId: string) {
    const field = earlierField({ customerId, requestId });
    const record = await this.#redis.hget(this.#of(at).keys.earlier, field);
    return record === null ? null : parseEarlier(field, record);
  }

  async stockInUse(at: SaleEpoch, overdueBefore?: number) {
    const { keys } = this.#of(at);
    const reading = this.#redis.multi().hmget(keys.state, 'quantity', 'remaining').hlen(keys.holders);
    if (overdueBefore !== undefined) {
      reading.hlen(keys.sold);
      reading.zrange(keys.due, '-inf', `(${overdueBefore}`, 'BYSCORE', 'LIMIT', 0, overdueCountMax);
    }
    const replies = await reading.exec();
    const [[quantity, remaining], held, sold, overdue] = transactionReplies(replies) as [
      (string | null)[],
      number,
      number?,
      string[]?,
    ];
    if (quantity == null || remaining == null) return null;
    return {
      ...{ quantity: Number(quantity), remaining: Number(remaining), held },
      ...(sold !== undefined && { sold, overdue: overdue?.length ?? 0 }),
    };
  }

  async release(at: SaleEpoch, claim: Claim, kind: 'cancelled' | 'forgotten') {
    const { keys, channel } = this.#of(at);
    const reply = await this.#scripts.call(
      at,
      'release',
      [keys.state, keys.holders, keys.cancelled, keys.returned],
      [holderField(claim), claim.seq, kind, channel, holderRecord(claim)],
    );
    return oneOf(reply, ['released', 'absent', 'closed']);
  }

  async configure(at: SaleEpoch, terms: Parameters<ClaimLedger['configure']>[1]) {
    const { keys, channel } = this.#of(at);
    const { revision, startsAt, endsAt, paused, quantity, variants = [] } = terms;
    const reply = await this.#scripts.call(
      at,
      'configure',
      [keys.state],
      [revision, startsAt, endsAt ?? 0, paused ? 1 : 0, quantity, channel, ...variants.map(rangesText)],
    );
    return oneOf(reply, ['configured', 'stale', 'refused', 'closed']);
  }

  async adopt(at: SaleEpoch, order: Claim) {
    const { keys, channel } = this.#of(at);
    const reply = await this.#scripts.call(
      at,
      'adopt',
      [keys.state, keys.holders, keys.returned, keys.cancelled],
      [holderField(order), holderRecord(order), order.unit, channel],
    );
    return oneOf(reply, ['known', 'adopted', 'cancelled', 'closed']);
  }

  async restore(at: SaleEpoch, claim: Claim) {
    const { keys, channel } = this.#of(at);
    const { customerId, slot, unit, seq, claimedAt, requestId } = claim;
    const reply = await this.#scripts.call(
      at,
      'restore',
      [keys.state, keys.holders, keys.cancelled, keys.returned, keys.outbox],
      [customerId, slot, unit, seq, claimedAt, requestId, Math.round(claim.arrivedAt), channel],
    );
    const code = oneOf(reply, ['restored', 'known', 'other', 'cancelled', 'revoked', 'closed']);
    if (code !== 'restored' && code !== 'known' && code !== 'other') return { code };
    return { code, claim: parseHolder(at.saleId, customerId, Number(reply[2]), String(reply[1])) };
  }

  async reassign(at: SaleEpoch, claim: Claim) {
    const { keys, channel } = this.#of(at);
    const reply = await this.#scripts.call(
      at,
      'reassign',
      [keys.state, keys.holders, keys.returned, keys.outbox],
      [claim.customerId, claim.slot, claim.seq, Math.round(claim.arrivedAt), channel],
    );
    const code = oneOf(reply, ['reassigned', 'revoked', 'absent', 'closed']);
    return code === 'reassigned' ? { code, unit: Number(reply[1]), seq: Number(reply[2]) } : { code };
  }

  /** Key names are made once per epoch, not once per claim. */
  #of(at: SaleEpoch) {
    if (this.#bound?.at.saleId !== at.saleId || this.#bound.at.epoch !== at.epoch) {
      this.#bound = { at, keys: saleKeys(at), channel: stockChannel(at.saleId) };
    }
    return this.#bound;
  }
}

/** What the claim script answered to one buy. */
function claimOutcome(saleId: string, buy: BuyToDecide, reply: Reply): ClaimOutcome {
  const { customerId, requestId, arrivedAt } = buy;
  switch (reply[0]) {
    case 'claimed': {
      const [, slot, unit, seq, claimedAt, remaining] = reply as [
        string,
        number,
        number,
        number,
        number,
        number,
      ];
      const claim: Claim = { saleId, customerId, slot, unit, seq, claimedAt, requestId, arrivedAt };
      return { code: 'claimed', claim, remaining };
    }
    case 'replayed':
      return { code: 'replayed', claim: parseHolder(saleId, customerId, Number(reply[2]), String(reply[1])) };
    case 'earlier':
      return { code: 'earlier', ...parseEarlier(earlierField(buy), String(reply[1])) };
    case 'limit_reached': {
      const claim = parseHolder(saleId, customerId, Number(reply[2]), String(reply[1]));
      return { code: 'limit_reached', claim, cancelled: reply[3] === 'cancelled' };
    }
    case 'too_many':
      return { code: 'too_many', retryAfterMs: Math.max(1, Number(reply[1])) };
    case 'not_active':
      return { code: 'not_active', startsAt: Number(reply[1]) };
    case 'sold_out':
      return { code: 'sold_out' };
    case 'backlog':
      return { code: 'backlog' };
    case 'expired':
      return { code: 'expired' };
    default:
      throw new Error(`claim.lua answered ${JSON.stringify(reply)}`);
  }
}
