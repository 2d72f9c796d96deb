import { fileURLToPath } from 'node:url';
import { runCommand } from '@flipzon/local-services/run-command.ts';
import type { BuyAnswer, Order, Presence, Sale, Stock, Time } from '@flipzon/protocol/schemas.ts';
import { beforeAll, expect, inject, it } from 'vitest';
import { ensurePython, type Python } from '../_support/python-packages.ts';
import { openShop } from '../_support/shop.ts';

const script = fileURLToPath(new URL('python-client.py', import.meta.url));

interface Received {
  sales: Sale[];
  stocks: Stock[];
  presences: Presence[];
  orders: Order[];
  time: Time;
  answer: BuyAnswer;
  again: BuyAnswer;
  other: BuyAnswer;
  spectator: BuyAnswer;
  refusal: { message: string; data: { code: string } };
}

let python: Python;
beforeAll(async () => {
  python = await ensurePython('python-socketio');
}, 130_000);

it('a client in Python, written from the contract alone, logs in, connects, buys and receives its order', async () => {
  await using shop = await openShop(inject('mongodbUri'));
  const sale = await shop.startSale();
  const { ok, output } = await runCommand(python.path, [script, shop.nodes[0]?.url ?? '', 'monty'], {
    timeoutMs: 50_000,
    env: { PYTHONPATH: python.packages, PYTHONDONTWRITEBYTECODE: '1' },
  });
  expect(ok, output).toBe(true);
  const received = JSON.parse(output) as Received;

  expect(received.sales[0]).toMatchObject({ id: sale.id, status: 'live', quantity: 3, remaining: 3 });
  expect(received.presences[0]?.connected).toBeGreaterThanOrEqual(1);
  expect(Math.abs(Date.parse(received.time.serverTime) - Date.now())).toBeLessThan(60_000);
  const order = { id: `${sale.id}:monty:1`, saleId: sale.id, customerId: 'monty', unit: 1, price: 999 };
  expect(received.answer).toMatchObject({
    ok: true,
    order: { ...order, status: 'claimed', confirmedAt: null },
  });
  expect(received.orders.at(-1)).toMatchObject({ ...order, status: 'confirmed' });
  expect(received.stocks.at(-1)).toMatchObject({ saleId: sale.id, remaining: 2 });
  expect(received.again).toEqual(received.answer);
  expect(received.other).toMatchObject({ ok: false, code: 'already_purchased', order });
  expect(received.spectator).toMatchObject({ ok: false, code: 'unauthenticated' });
  expect(received.refusal.data.code).toBe('unauthenticated');
  expect(await shop.ordersOf('monty')).toEqual([received.orders.at(-1)]);
});
