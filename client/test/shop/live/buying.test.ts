import type { BuyAnswer, BuyRequest } from '@flipzon/protocol/schemas.ts';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createBuying } from '../../../src/shop/live/buying.ts';
import { deriveState } from '../../../src/shop/model/derive-state.ts';
import type { Model } from '../../../src/shop/model/model.ts';
import { createStore } from '../../../src/shop/model/store.ts';
import { iso, modelOf, orderOf, saleOf, withVariants } from '../../_support/fixtures.ts';
import { memoryStorage } from '../../_support/memory-storage.ts';

const accepted: BuyAnswer = { ok: true, order: orderOf(), receipt: 'r' };
const unavailable: BuyAnswer = { ok: false, code: 'unavailable', message: '', retryAfterMs: 2000 };
const limited: BuyAnswer = { ok: false, code: 'too_many_requests', message: '', retryAfterMs: 2000 };

/** The buying of one page over a line whose answers are given one by one. */
function pageWith(answers: (BuyAnswer | 'no_answer')[], model: Model = modelOf(), storage = memoryStorage()) {
  const asked: BuyRequest[] = [];
  const line = { up: model.disconnectedAt === null };
  const store = createStore(model);
  const buying = createBuying({
    store,
    storage,
    clock: () => 0,
    isConnected: () => line.up,
    ask: async (request) => {
      asked.push(request);
      const answer = answers.shift();
      if (answer === undefined) {
        throw new Error('asked more often than the test has answers for');
      }
      return answer;
    },
    onAnswer: () => {},
  });
  return { buying, store, storage, asked, line, state: () => deriveState(store.get(), 0) };
}

describe('buying', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  test('many presses are one request', async () => {
    const page = pageWith([accepted]);
    page.buying.press();
    page.buying.press();
    expect(page.state()).toBe('claiming');
    page.buying.press();
    await vi.runAllTimersAsync();
    page.buying.press();
    await vi.runAllTimersAsync();
    expect(page.asked).toHaveLength(1);
    expect(page.state()).toBe('claimed');
    expect(page.storage.size()).toBe(0);
  });

  test('a press is for the variant that was chosen, also after a reload, whatever is chosen then', async () => {
    const sale = withVariants(saleOf());
    const page = pageWith(['no_answer'], modelOf({ sale, choice: { saleId: sale.id, sku: 'hall' } }));
    page.buying.press();
    await vi.advanceTimersByTimeAsync(0);
    page.line.up = false;
    const later = modelOf({ sale, choice: { saleId: sale.id, sku: 'balcony' } });
    const reloaded = pageWith(['no_answer', accepted], later, page.storage);
    reloaded.buying.resume();
    await vi.runAllTimersAsync();
    const asked = [...page.asked, ...reloaded.asked];
    expect(asked.map(({ variant }) => variant)).toEqual(['hall', 'hall', 'hall']);
    expect(new Set(asked.map(({ requestId }) => requestId)).size).toBe(1);
  });

  test('a press for another variant than the one that waits in another tab is another request', async () => {
    const sale = withVariants(saleOf());
    const first = pageWith(['no_answer'], modelOf({ sale, choice: { saleId: sale.id, sku: 'hall' } }));
    first.buying.press();
    await vi.advanceTimersByTimeAsync(0);
    const other = modelOf({ sale, choice: { saleId: sale.id, sku: 'balcony' } });
    const second = pageWith([accepted], other, first.storage);
    second.buying.press();
    await vi.advanceTimersByTimeAsync(0);
    expect(second.asked[0]?.variant).toBe('balcony');
    expect(second.asked[0]?.requestId).not.toBe(first.asked[0]?.requestId);
  });

  test('nothing chosen, nothing sent', () => {
    const page = pageWith([], modelOf({ sale: withVariants(saleOf()) }));
    page.buying.press();
    expect(page.asked).toEqual([]);
  });

  test('an unanswered press is asked again under the same id', async () => {
    const page = pageWith(['no_answer', 'no_answer', accepted]);
    page.buying.press();
    await vi.advanceTimersByTimeAsync(0);
    expect(page.state()).toBe('unknown');
    await vi.runAllTimersAsync();
    expect(new Set(page.asked.map((request) => request.requestId)).size).toBe(1);
    expect(page.asked).toHaveLength(3);
    expect(page.state()).toBe('claimed');
  });

  test('an answer lost with the connection waits for the next one', async () => {
    const page = pageWith(['no_answer', accepted]);
    page.buying.press();
    await vi.advanceTimersByTimeAsync(0);
    page.line.up = false;
    await vi.runAllTimersAsync();
    expect(page.asked).toHaveLength(1);
    expect(page.state()).toBe('unknown');
    page.line.up = true;
    page.buying.resume();
    await vi.runAllTimersAsync();
    expect(page.asked[1]).toEqual(page.asked[0]);
    expect(page.state()).toBe('claimed');
  });

  test('a page that reloads asks for the press of before, and not for another', async () => {
    const before = pageWith(['no_answer']);
    before.buying.press();
    await vi.advanceTimersByTimeAsync(0);
    before.line.up = false;
    const after = pageWith([accepted], modelOf({ disconnectedAt: 0 }), before.storage);
    after.buying.resume();
    await vi.runAllTimersAsync();
    expect(after.state()).toBe('unknown');
    expect(after.asked).toHaveLength(0);
    after.line.up = true;
    after.buying.resume();
    await vi.runAllTimersAsync();
    expect(after.asked).toEqual(before.asked);
    expect(after.state()).toBe('claimed');
  });

  test('an order that comes by itself answers the press, here and after a reload', async () => {
    const page = pageWith(['no_answer']);
    page.buying.press();
    await vi.advanceTimersByTimeAsync(0);
    page.store.dispatch({ type: 'order', order: orderOf() });
    await vi.runAllTimersAsync();
    expect(page.asked).toHaveLength(1);
    expect(page.storage.size()).toBe(0);
  });

  test('unavailable is asked again after the time that the server named, under the same id', async () => {
    const page = pageWith([unavailable, accepted]);
    page.buying.press();
    await vi.advanceTimersByTimeAsync(999);
    expect(page.state()).toBe('unavailable');
    expect(page.asked).toHaveLength(1);
    await vi.runAllTimersAsync();
    expect(page.asked[1]).toEqual(page.asked[0]);
    expect(page.state()).toBe('claimed');
  });

  test('a rate-limited press is over: the next one is a new request', async () => {
    const page = pageWith([limited]);
    page.buying.press();
    await vi.runAllTimersAsync();
    expect(page.asked).toHaveLength(1);
    expect(page.storage.size()).toBe(0);
    expect(page.state()).toBe('rate_limited');
  });

  test.each([
    ['disconnected', modelOf({ disconnectedAt: 0 })],
    ['offline', modelOf({ online: false })],
    ['before the opening', modelOf({ sale: saleOf({ status: 'scheduled', startsAt: iso(1000) }) })],
    ['signed out', modelOf({ customer: null })],
    ['sold out', modelOf({ sale: saleOf({ remaining: 0 }) })],
    ['an order in hand', modelOf({ orders: [orderOf()] })],
  ])('a press while %s is not taken, nor kept for later', async (_, model) => {
    const page = pageWith([], model);
    page.buying.press();
    page.line.up = true;
    page.store.dispatch({ type: 'connected', now: 0 });
    page.buying.resume();
    await vi.runAllTimersAsync();
    expect(page.asked).toHaveLength(0);
    expect(page.storage.size()).toBe(0);
  });

  test('another customer on the same device does not inherit the press', async () => {
    const before = pageWith(['no_answer']);
    before.buying.press();
    await vi.advanceTimersByTimeAsync(0);
    const after = pageWith([], modelOf({ customer: { id: 'ben', token: 'x' } }), before.storage);
    after.buying.resume();
    await vi.advanceTimersByTimeAsync(0);
    expect(after.asked).toHaveLength(0);
  });

  test('signing out ends the asking', async () => {
    const page = pageWith(['no_answer']);
    page.buying.press();
    await vi.advanceTimersByTimeAsync(0);
    page.store.dispatch({ type: 'signed_out', expired: false });
    await vi.runAllTimersAsync();
    expect(page.asked).toHaveLength(1);
  });

  test('a press whose sale leaves the page is asked for until its answer is known, and buys nothing in the next sale', async () => {
    const page = pageWith(['no_answer', unavailable, accepted]);
    page.buying.press();
    await vi.advanceTimersByTimeAsync(0);
    page.store.dispatch({ type: 'sale', sale: saleOf({ id: 'sale-2', number: 2 }), now: 0 });
    expect(page.state()).toBe('live');
    page.buying.resume();
    await vi.runAllTimersAsync();
    expect(page.asked.map(({ saleId }) => saleId)).toEqual(['sale-1', 'sale-1', 'sale-1']);
    expect(new Set(page.asked.map(({ requestId }) => requestId)).size).toBe(1);
    expect(page.store.get().boughtBefore).toMatchObject({ saleId: 'sale-1', unit: 317 });
    expect(page.state()).toBe('live');
    expect(page.storage.size()).toBe(0);
  });

  test('a page that is opened in the next sale still learns what became of the press; a refusal is the end of it', async () => {
    const storage = memoryStorage();
    const before = pageWith(['no_answer'], modelOf(), storage);
    before.buying.press();
    await vi.advanceTimersByTimeAsync(0);
    const next = modelOf({ sale: saleOf({ id: 'sale-2', number: 2 }) });
    const page = pageWith([{ ok: false, code: 'sale_not_active', message: '' }], next, storage);
    page.buying.resume();
    await vi.advanceTimersByTimeAsync(0);
    expect(page.asked).toMatchObject([{ saleId: 'sale-1' }]);
    expect(page.state()).toBe('live');
    expect(storage.size()).toBe(0);
  });
});
