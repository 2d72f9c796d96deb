import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { openShop, type Shop } from '../_support/shop.ts';
import { confirmedOrder, eventually } from '../_support/shopper.ts';

let shop: Shop;
beforeAll(async () => {
  shop = await openShop(inject('mongodbUri'), { nodes: 2 });
});
afterAll(() => shop[Symbol.asyncDispose]());

describe('two nodes', () => {
  it('send a customer’s order to all of their sockets, on any node, and to no others', async () => {
    const [one, other] = shop.nodes;
    await shop.startSale();
    const buyer = await shop.shopper('ann', one);
    const elsewhere = await shop.shopper('ann', other);
    const secondTab = await shop.shopper('ann', one);
    const bob = await shop.shopper('bob', other);
    const answer = await buyer.buy();
    const id = answer.ok ? answer.order.id : '';
    for (const each of [buyer, elsewhere, secondTab]) {
      expect(await confirmedOrder(each)).toMatchObject({ id, unit: 1, status: 'confirmed' });
    }
    // What is sent to bob by the same way afterwards has arrived; ann's order has not.
    await bob.buy();
    await confirmedOrder(bob);
    expect(bob.orders.map((order) => order.customerId)).toEqual(bob.orders.map(() => 'bob'));
  });

  it('show the falling stock to spectators on the other one', async () => {
    const [one, other] = shop.nodes;
    const sale = await shop.startSale({ quantity: 3 });
    const spectator = await shop.shopper(null, other);
    await (await shop.shopper('ann', one)).buy();
    await eventually(() => expect(spectator.stocks.at(-1)).toMatchObject({ saleId: sale.id, remaining: 2 }));
    await (await shop.shopper('bob', one)).buy();
    await eventually(() => expect(spectator.stocks.at(-1)).toMatchObject({ saleId: sale.id, remaining: 1 }));
    const seqs = spectator.stocks.map((stock) => stock.seq);
    expect(seqs).toEqual(seqs.toSorted((a, b) => a - b));
    expect(spectator.stocks.at(-1)?.seq).toBe((await shop.status(one)).sale.seq);
  });

  it('announce a new sale, a pause and a sold-out to all sockets', async () => {
    const spectators = [await shop.shopper(null, shop.nodes[0]), await shop.shopper(null, shop.nodes[1])];
    const shown = (expected: object) =>
      Promise.all(
        spectators.map((each) => eventually(() => expect(each.sales.at(-1)).toMatchObject(expected))),
      );
    const sale = await shop.startSale({ quantity: 1, name: 'Tin bear' });
    await shown({ id: sale.id, status: 'live', product: { name: 'Tin bear', price: 999 } });
    await shop.operate('POST', `/sales/${sale.id}/pause`, { reason: 'A short breath' });
    await shown({ id: sale.id, status: 'paused', reason: 'A short breath' });
    await shop.operate('POST', `/sales/${sale.id}/resume`);
    await shown({ id: sale.id, status: 'live', reason: null });
    await (await shop.shopper('ann', shop.nodes[1])).buy();
    await shown({ id: sale.id, status: 'sold_out', remaining: 0 });
    await shop.operate('POST', `/sales/${sale.id}/restock`, { quantity: 2 });
    await shown({ id: sale.id, status: 'live', quantity: 3, remaining: 2 });
  });

  it('announce the opening at its instant, without being asked for anything', async () => {
    const spectators = [await shop.shopper(null, shop.nodes[0]), await shop.shopper(null, shop.nodes[1])];
    const startsAt = new Date(Date.now() + 3_000).toISOString();
    const sale = await shop.startSale({ startsAt });
    expect(sale).toMatchObject({ status: 'scheduled', startsAt });
    for (const spectator of spectators) {
      await eventually(() => expect(spectator.sales.at(-1)).toMatchObject({ id: sale.id, status: 'live' }));
      const ofThis = spectator.sales.filter((each) => each.id === sale.id);
      // More than one news before the opening: another node may hear of the sale before its keys are open.
      const live = ofThis.findIndex((each) => each.status === 'live');
      expect(ofThis.map((each) => each.status)).toEqual(
        ofThis.map((_, i) => (i < live ? 'scheduled' : 'live')),
      );
      expect(live).toBeGreaterThan(0);
      expect(Date.parse(ofThis[live]?.serverTime ?? '')).toBeGreaterThanOrEqual(Date.parse(startsAt));
      expect(ofThis.at(-1)?.available).toBe(true);
    }
    expect((await (await shop.shopper('ann', shop.nodes[1])).buy()).ok).toBe(true);
  });

  it('announce the end at its instant', async () => {
    const spectator = await shop.shopper(null, shop.nodes[1]);
    const endsAt = new Date(Date.now() + 1_500).toISOString();
    const sale = await shop.startSale({ endsAt });
    await eventually(() => expect(spectator.sales.at(-1)).toMatchObject({ id: sale.id, status: 'ended' }));
    expect(Date.parse(spectator.sales.at(-1)?.serverTime ?? '')).toBeGreaterThanOrEqual(Date.parse(endsAt));
    expect(await (await shop.shopper('ann')).buy()).toMatchObject({ ok: false, code: 'sale_not_active' });
  });

  it('count the sockets of both, and notice when one leaves', async () => {
    await using own = await openShop(inject('mongodbUri'), { nodes: 2 });
    const watcher = await own.shopper(null, own.nodes[0]);
    const others = [await own.shopper(null, own.nodes[1]), await own.shopper('ann', own.nodes[1])];
    await eventually(() => expect(watcher.connected.at(-1)).toBe(3));
    await eventually(() => expect(others[0]?.connected.at(-1)).toBe(3));
    others[1]?.socket.disconnect();
    await eventually(() => expect(watcher.connected.at(-1)).toBe(2));
    const latecomer = await own.shopper(null, own.nodes[1]);
    await eventually(() => expect(latecomer.connected[0]).toBe(3));
  });
});
