import { AsyncLocalStorage } from 'node:async_hooks';
import type { BuyAnswer } from '@flipzon/protocol/schemas.ts';
import type { Buy, BuyDependencies } from '../buying/buy.ts';
import type { CurrentSale } from '../sale/current-sale.ts';
import type { Claim } from '../sale/order.ts';
import type { Clock } from '../sale/ports.ts';
import { buyIdOf, claimSpanId, type NoteStep, randomSpanId } from './buy-step.ts';

type BuyLedger = BuyDependencies['ledger'];

interface Dependencies {
  current: CurrentSale;
  clock: Clock;
  note: NoteStep;
}

/**
 * Notes each step of every buy. It wraps the parts only if buys are followed, so that a buy costs nothing more otherwise.
 */
export class FollowBuys {
  readonly #deps: Dependencies;
  /** The span of the buy in whose course a claim is made. */
  readonly #within = new AsyncLocalStorage<string>();

  constructor(deps: Dependencies) {
    this.#deps = deps;
  }

  buy(buy: Buy): Buy {
    const { current, clock, note } = this.#deps;
    return (customerId, request) => {
      const startedAt = clock.now();
      const from = performance.now();
      const spanId = randomSpanId();
      const saleId = request.saleId ?? current.snapshot?.sale.id ?? 'none';
      const tell = (answer: BuyAnswer): BuyAnswer => {
        note({
          name: 'buy',
          buyId: buyIdOf({ saleId, customerId, requestId: request.requestId }),
          spanId,
          parentId: null,
          startedAt,
          tookMs: performance.now() - from,
          outcome: answer.ok ? 'claimed' : answer.code,
          saleId,
          customerId,
          ...(answer.ok ? { unit: answer.order.unit } : {}),
        });
        return answer;
      };
      const answer = this.#within.run(spanId, () => buy(customerId, request));
      return answer instanceof Promise ? answer.then(tell) : tell(answer);
    };
  }

  ledger(ledger: BuyLedger): BuyLedger {
    return {
      claim: (...asked) => this.#claim(ledger, ...asked),
      countBuy: (...asked) => ledger.countBuy(...asked),
      claimsOf: (...asked) => ledger.claimsOf(...asked),
      purchasesOf: (...asked) => ledger.purchasesOf(...asked),
      earlierOf: (...asked) => ledger.earlierOf(...asked),
    };
  }

  async #claim(
    ledger: BuyLedger,
    ...[at, asked]: Parameters<BuyLedger['claim']>
  ): ReturnType<BuyLedger['claim']> {
    const { clock, note } = this.#deps;
    const startedAt = clock.now();
    const from = performance.now();
    const outcome = await ledger.claim(at, asked);
    const buyId = buyIdOf({ saleId: at.saleId, ...asked });
    note({
      name: 'claim',
      buyId,
      spanId: outcome.code === 'claimed' ? claimSpanId(buyId) : randomSpanId(),
      parentId: this.#within.getStore() ?? null,
      startedAt,
      tookMs: performance.now() - from,
      outcome: outcome.code,
      saleId: at.saleId,
      customerId: asked.customerId,
      ...(outcome.code === 'claimed' ? { unit: outcome.claim.unit } : {}),
    });
    return outcome;
  }

  /** The order writer, on any node, has settled the claim. */
  settled(outcome: string, claim: Claim, at: number): void {
    const { saleId, customerId, unit, claimedAt } = claim;
    const buyId = buyIdOf(claim);
    this.#deps.note({
      name: 'settle',
      buyId,
      spanId: randomSpanId(),
      parentId: claimSpanId(buyId),
      startedAt: claimedAt,
      tookMs: Math.max(0, at - claimedAt),
      outcome,
      saleId,
      customerId,
      unit,
    });
  }
}
