import type { Channel } from './channel.ts';
import { localNowMs } from './clock.ts';
import { type Pressed, press, type Watch } from './press.ts';
import type { Random } from './random.ts';
import { sleep } from './sleep.ts';
import { increment } from './tally.ts';

export interface Buyer {
  customerId: string;
  channel: Channel;
  random: Random;
  /** Presses twice at once, as double clicks do, and asks once more after a claim. */
  double: boolean;
}

export interface Opening {
  saleId: string;
  dueAtMs: number;
  deadlineAtMs: number;
  offsetMs: number;
}

export interface Holding {
  orderId: string;
  unit: number;
  status: string;
  /** Whose the shop says it is; must be the customer that asked. */
  holder: string;
}

export interface Purchase {
  customerId: string;
  outcome: string;
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
  const requestIds = [`${saleId}:${customerId}`, ...(buyer.double ? [`${saleId}:${customerId}:2`] : [])];
  const presses = await Promise.all(
    requestIds.map((requestId) => press({ ...opening, channel, random, requestId }, watch)),
  );
  const [first, second] = presses as [Pressed, Pressed?];
  const decisive = !first.answer.ok && second?.answer.ok ? second : first;
  const outcome = codeOf(decisive.answer);
  increment(watch.tally.outcomes, outcome);
  if (second !== undefined)
    increment(watch.tally.repeats, codeOf((decisive === first ? second : first).answer));

  let changedAnswer = !buyer.double && !heldBefore && first.attempts > 1 && outcome === 'already_purchased';
  if (decisive.answer.ok) {
    const { order } = decisive.answer;
    const [changed] = await Promise.all([
      buyer.double ? changesWhenRepeated(buyer, saleId, decisive, watch) : false,
      watchConfirmation(channel, decisive, opening.deadlineAtMs, watch),
    ]);
    changedAnswer ||= changed;
    // The claimed one must be among the holdings even if a later message about it was nonsense.
    channel.book.note(order);
  }
  const holdings = channel.book.ofSale(saleId).map((order) => ({
    orderId: order.id,
    unit: order.unit,
    status: order.status,
    holder: order.customerId,
  }));
  return { customerId, outcome, holdings, changedAnswer };
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
  saleId: string,
  claim: Pressed,
  watch: Watch,
): Promise<boolean> {
  const again = await buyer.channel.buy({ saleId, requestId: claim.requestId }, repeatTimeoutMs);
  increment(watch.tally.repeats, codeOf(again));
  if (!claim.answer.ok) return false;
  if (again.ok)
    return again.order.id !== claim.answer.order.id || again.order.unit !== claim.answer.order.unit;
  return again.code === 'already_purchased' || again.code === 'sold_out';
}

function codeOf(answer: Pressed['answer']): string {
  return answer.ok ? 'claimed' : answer.code;
}
