import { localNowMs } from '../../shared/clock.ts';
import type { Random } from '../../shared/random.ts';
import { sleep } from '../../shared/sleep.ts';
import { increment } from '../measure/tally.ts';
import type { Asked, Channel } from './channel.ts';
import { type Press, type Pressed, press, type Watch } from './press.ts';

export interface Buyer {
  customerId: string;
  channel: Channel;
  random: Random;
  /** Presses twice at once, as double clicks do, and asks once more after a claim. */
  double: boolean;
  /** Comes from the scalpers' network, and presses early and often. */
  scalper: boolean;
}

export interface Opening {
  saleId: string;
  /** Which variant the buyer wants, where the product has any. */
  variant?: string | undefined;
  /** Where latencies begin: an early press cannot get a unit before this. */
  opensAtMs: number;
  dueAtMs: number;
  /** Further presses, each another request, this long after the first. */
  clicksAfterMs: readonly number[];
  deadlineAtMs: number;
  offsetMs: number;
}

export interface Holding {
  orderId: string;
  unit: number;
  variant?: string | undefined;
  status: string;
  /** The customer of the order; must be the one that asked. */
  holder: string;
}

export interface Purchase {
  customerId: string;
  /** The one that was wanted. */
  variant?: string | undefined;
  outcome: string;
  scalper: boolean;
  holdings: Holding[];
  /** The same request, asked again, got another answer. */
  changedAnswer: boolean;
}

const repeatTimeoutMs = 10_000;

/** One shopper, from the press until the order is settled. */
export async function buy(buyer: Buyer, opening: Opening, watch: Watch): Promise<Purchase> {
  const { customerId, channel, random } = buyer;
  const { saleId } = opening;
  await sleep(Math.ceil(opening.dueAtMs - localNowMs()));
  watch.latencies.record('lateness', localNowMs() - opening.dueAtMs);
  const heldBefore = channel.book.ofSale(saleId).length > 0;
  const requestId = `${saleId}:${customerId}`;
  const dueAtMs = Math.max(opening.dueAtMs, opening.opensAtMs);
  const pressing = { ...opening, dueAtMs, channel, random };
  const [first, ...others] = await Promise.all([
    press({ ...pressing, requestId }, watch),
    ...(buyer.double ? [press({ ...pressing, requestId: `${requestId}:2` }, watch)] : []),
    ...opening.clicksAfterMs.map((afterMs, i) =>
      click({ ...pressing, requestId: `${requestId}:click-${i + 1}` }, afterMs, opening.dueAtMs, watch),
    ),
  ]);
  const decisive = first.answer.ok ? first : (others.find(({ answer }) => answer.ok) ?? first);
  const given = new Set<string>();
  const outcome = outcomeOf(decisive.answer, given);
  increment(watch.tally.outcomes, outcome);
  for (const pressed of [first, ...others]) {
    if (pressed !== decisive) increment(watch.tally.repeats, outcomeOf(pressed.answer, given));
  }

  // Where another request of the same buyer may have got the unit, the first one learns of it in just this way.
  let changedAnswer =
    others.length === 0 && !heldBefore && first.attempts > 1 && outcome === 'already_purchased';
  if (decisive.answer.ok) {
    const { order } = decisive.answer;
    const [changed] = await Promise.all([
      buyer.double ? changesWhenRepeated(buyer, opening, decisive, given, watch) : false,
      watchConfirmation(channel, decisive, opening.deadlineAtMs, watch),
    ]);
    changedAnswer ||= changed;
    // The claimed one must be among the holdings even if a later message about it was nonsense.
    channel.book.note(order);
  }
  const holdings = channel.book.ofSale(saleId).map((order) => ({
    orderId: order.id,
    unit: order.unit,
    ...(order.variant === undefined ? {} : { variant: order.variant }),
    status: order.status,
    holder: order.customerId,
  }));
  const wanted = opening.variant === undefined ? {} : { variant: opening.variant };
  return { customerId, ...wanted, outcome, scalper: buyer.scalper, holdings, changedAnswer };
}

/** One more press, without waiting for the answer: sent once and not repeated. */
async function click(pressing: Press, afterMs: number, firstDueAtMs: number, watch: Watch): Promise<Pressed> {
  const clickedAtMs = firstDueAtMs + afterMs;
  await sleep(Math.ceil(clickedAtMs - localNowMs()));
  return press({ ...pressing, dueAtMs: Math.max(clickedAtMs, pressing.dueAtMs), attemptsMax: 1 }, watch);
}

async function watchConfirmation(
  channel: Channel,
  claim: Pressed,
  deadlineAtMs: number,
  watch: Watch,
): Promise<void> {
  if (!claim.answer.ok) return;
  const settled = await channel.settled(claim.answer.order, deadlineAtMs - claim.answeredAtMs);
  if (settled?.status !== 'confirmed') return;
  watch.tally.confirmed++;
  watch.latencies.record('confirmation', localNowMs() - claim.answeredAtMs);
}

async function changesWhenRepeated(
  buyer: Buyer,
  { saleId, variant }: Pick<Opening, 'saleId' | 'variant'>,
  claim: Pressed,
  given: Set<string>,
  watch: Watch,
): Promise<boolean> {
  const again = await buyer.channel.buy(
    { saleId, requestId: claim.requestId, ...(variant === undefined ? {} : { variant }) },
    repeatTimeoutMs,
  );
  increment(watch.tally.repeats, outcomeOf(again, given));
  if (!claim.answer.ok) return false;
  if (again.ok)
    return again.order.id !== claim.answer.order.id || again.order.unit !== claim.answer.order.unit;
  return again.code === 'already_purchased' || again.code === 'sold_out';
}

/** Counts as the shop does: each unit once, and repeated answers with the same order separately. `given`: the orders that this buyer has received. */
export function outcomeOf(answer: Asked, given: Set<string>): string {
  if (!answer.ok) return answer.code;
  if (given.has(answer.order.id)) return 'replayed';
  given.add(answer.order.id);
  return 'claimed';
}
