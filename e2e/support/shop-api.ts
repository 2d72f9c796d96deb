import type { AuditReport } from '@flipzon/protocol/audit-schemas.ts';
import type { Order, OrdersAnswer, Problem, Sale, StatusAnswer } from '@flipzon/protocol/schemas.ts';
import type { ShopShown } from '@flipzon/protocol/settings.ts';
import { expect } from '@playwright/test';
import type { Shop } from './open-shop.ts';

export interface SaleWishes {
  name?: string;
  quantity?: number;
  price?: number;
  currency?: string;
  startsAt?: string;
  endsAt?: string;
  perCustomer?: number;
  simulated?: boolean;
  presale?: { codesUntil: string | null };
  variants?: { sku: string; name: string; quantity: number }[];
}

/** What an operator does, through the same routes as a console; each call must succeed. */
export interface Operator {
  /** A new sale, live at once, with 5 units by default; resolves when every running node knows it. */
  start(wishes?: SaleWishes): Promise<Sale>;
  pause(saleId: string, reason: string): Promise<void>;
  resume(saleId: string): Promise<void>;
  end(saleId: string, reason: string): Promise<void>;
  restock(saleId: string, quantity: number): Promise<void>;
  reschedule(saleId: string, startsAt: string): Promise<void>;
  cancel(orderId: string): Promise<void>;
  block(customerId: string): Promise<void>;
  unblock(customerId: string): Promise<void>;
  /** The sale that is on the page now. */
  onShow(): Promise<Sale>;
  /** Orders that the database has. */
  orders(saleId: string): Promise<Order[]>;
  audit(saleId: string): Promise<AuditReport>;
}

export function inSeconds(seconds: number): string {
  return new Date(Date.now() + seconds * 1000).toISOString();
}

/** As an owner. */
export async function setSettings({ nodes, token }: Shop, settings: Partial<ShopShown>): Promise<void> {
  const answer = await fetch(`${nodes[0].url}/settings`, {
    method: 'PATCH',
    headers: {
      authorization: `Bearer ${await token('anna', 'owner')}`,
      'content-type': 'application/json',
    },
    body: JSON.stringify(settings),
  });
  expect(answer.status).toBe(200);
}

export async function createOperator(shop: Shop): Promise<Operator> {
  const token = await shop.token('olga', 'operator');
  const call = async <Body>(method: string, path: string, body?: unknown): Promise<Body> => {
    const node = shop.nodes.find((each) => each.running);
    const response = await fetch(`${node?.url}${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: method === 'GET' ? null : JSON.stringify(body ?? null),
    });
    const text = await response.text();
    // A busy shop may say "not now". What can be repeated is; the test's own time bounds it.
    if (response.status === 503 && method === 'DELETE') {
      const { retryAfterMs = 1_000 }: Problem = JSON.parse(text);
      await new Promise((resolve) => setTimeout(resolve, retryAfterMs));
      return call(method, path, body);
    }
    expect(response.ok, `${method} ${path}: ${response.status} ${text}`).toBe(true);
    return JSON.parse(text) as Body;
  };
  return {
    async start(wishes) {
      const body = { quantity: 5, startsAt: 'now', ...wishes };
      const { sale } = await call<{ sale: Sale }>('POST', '/start', body);
      for (const node of shop.nodes.filter((each) => each.running)) {
        await expect.poll(async () => (await statusOf(node.url)).sale?.id).toBe(sale.id);
      }
      return sale;
    },
    pause: (saleId, reason) => call('POST', `/sales/${saleId}/pause`, { reason }),
    resume: (saleId) => call('POST', `/sales/${saleId}/resume`),
    end: (saleId, reason) => call('POST', `/sales/${saleId}/end`, { reason }),
    restock: (saleId, quantity) => call('POST', `/sales/${saleId}/restock`, { quantity }),
    reschedule: (saleId, startsAt) => call('PATCH', `/sales/${saleId}`, { startsAt }),
    cancel: (orderId) => call('DELETE', `/orders/${encodeURIComponent(orderId)}`),
    block: (customerId) => call('POST', `/customers/${customerId}/block`),
    unblock: (customerId) => call('DELETE', `/customers/${customerId}/block`),
    onShow: async () => (await call<StatusAnswer>('GET', '/status')).sale,
    orders: async (saleId) => (await call<OrdersAnswer>('GET', `/sales/${saleId}/orders`)).orders,
    audit: (saleId) => call('GET', `/sales/${saleId}/audit`),
  };
}

/** A node that has never heard of a sale has none to tell of. */
async function statusOf(url: string): Promise<Partial<StatusAnswer>> {
  return (await (await fetch(`${url}/status`)).json()) as Partial<StatusAnswer>;
}
