import type { AuditReport } from '@flipzon/protocol/audit-schemas.ts';
import type { Order, Sale } from '@flipzon/protocol/schemas.ts';
import { SignJWT } from 'jose';

const answerMsMax = 8_000;

interface Answer<Body> {
  status: number;
  body: Body;
}
export interface Bought {
  order?: Order;
  code?: string;
  retryAfterMs?: number;
}

export interface SaleWishes {
  quantity: number;
  name?: string;
  simulated?: boolean;
}

/** The shop over HTTP, for a client that may get no answer at all: the result is then null. */
export class Api {
  readonly #key: Uint8Array;
  readonly #tokens = new Map<string, string>();

  constructor(jwtSecret: string) {
    this.#key = new TextEncoder().encode(jwtSecret);
  }

  /** `saleId`: buys in no other sale. */
  buy(url: string, customerId: string, requestId: string, saleId?: string): Promise<Answer<Bought> | null> {
    const body = saleId === undefined ? undefined : { saleId };
    return this.#ask<Bought>(url, 'POST', '/buy', customerId, { 'idempotency-key': requestId }, body);
  }

  async ordersOf(url: string, customerId: string): Promise<Order[] | null> {
    const answer = await this.#ask<{ orders?: Order[] }>(url, 'GET', '/orders/me', customerId);
    return answer?.body.orders ?? null;
  }

  /** `inPlaceOf`: the version of the sale that it is to replace, as `If-Match` says it. */
  start(url: string, wishes: SaleWishes, inPlaceOf?: string): Promise<Answer<{ sale?: Sale }> | null> {
    const headers = inPlaceOf === undefined ? {} : { 'if-match': inPlaceOf };
    return this.#ask(url, 'POST', '/start', 'operator', headers, { startsAt: 'now', ...wishes });
  }

  /** An operator's action. */
  operate(url: string, method: string, path: string, body?: object): Promise<Answer<unknown> | null> {
    return this.#ask(url, method, path, 'operator', {}, body);
  }

  /** Null for anything but a 200. */
  async read<Body>(url: string, path: string): Promise<Body | null> {
    const answer = await this.#ask<Body>(url, 'GET', path, 'operator');
    return answer?.status === 200 ? answer.body : null;
  }

  async audit(url: string, saleId: string): Promise<AuditReport | null> {
    const answer = await this.#ask<AuditReport>(url, 'GET', `/sales/${saleId}/audit`, 'operator');
    return answer?.status === 200 ? answer.body : null;
  }

  async orders(url: string, saleId: string): Promise<Order[] | null> {
    const answer = await this.#ask<{ orders?: Order[] }>(url, 'GET', `/sales/${saleId}/orders`, 'operator');
    return answer?.body.orders ?? null;
  }

  async #ask<Body>(
    url: string,
    method: string,
    path: string,
    who: string,
    headers: Record<string, string> = {},
    body?: object,
  ): Promise<Answer<Body> | null> {
    try {
      const response = await fetch(`${url}${path}`, {
        method,
        headers: {
          authorization: `Bearer ${await this.#token(who)}`,
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...headers,
        },
        signal: AbortSignal.timeout(answerMsMax),
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      return { status: response.status, body: (await response.json()) as Body };
    } catch {
      return null;
    }
  }

  async #token(who: string): Promise<string> {
    const known = this.#tokens.get(who);
    if (known !== undefined) return known;
    const token = await new SignJWT({ role: who === 'operator' ? 'operator' : 'customer' })
      .setProtectedHeader({ alg: 'HS256' })
      .setSubject(who)
      .setIssuedAt()
      .setExpirationTime('1d')
      .sign(this.#key);
    this.#tokens.set(who, token);
    return token;
  }
}
