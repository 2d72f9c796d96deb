import { type AuditReport, auditReport } from '@flipzon/protocol/audit-schemas.ts';
import type { StartBody } from '@flipzon/protocol/sale-terms.ts';
import { type Sale, type StatusAnswer, saleAnswer, statusAnswer } from '@flipzon/protocol/schemas.ts';
import { createHttpClient, type HttpAnswer, type HttpClient } from './http-client.ts';
import { sleep } from './sleep.ts';

export type Read<T> = { ok: true; value: T } | { ok: false; message: string; status: number };

const timeoutMs = 10_000;
const auditTimeoutMs = 60_000;
const pollMs = 250;

/** The shop as its operator uses it, over HTTP; one `Shop` for each node. */
export class Shop {
  readonly url: string;
  readonly http: HttpClient;

  constructor(url: string) {
    this.url = url;
    this.http = createHttpClient(url, 8);
  }

  async status(): Promise<Read<StatusAnswer>> {
    return read(await this.http({ method: 'GET', path: '/status', timeoutMs }), 200, statusAnswer);
  }

  async start(
    token: string,
    body: Pick<StartBody, 'variants'> & { quantity: number; startsAt: string; name: string },
  ): Promise<Read<Sale>> {
    const answer = read(
      await this.http({ method: 'POST', path: '/start', token, body, timeoutMs }),
      201,
      saleAnswer,
    );
    return answer.ok ? { ok: true, value: answer.value.sale } : answer;
  }

  async audit(token: string, saleId: string): Promise<Read<AuditReport>> {
    const path = `/sales/${encodeURIComponent(saleId)}/audit`;
    return read(await this.http({ method: 'GET', path, token, timeoutMs: auditTimeoutMs }), 200, auditReport);
  }

  /** Whether a token is accepted: `null` when it is, else the reason. */
  async refusal(token: string): Promise<string | null> {
    const answer = await this.http({ method: 'GET', path: '/orders/me', token, timeoutMs });
    if (answer.code === 'failed') return answer.message;
    return answer.status === 401 ? 'unauthenticated' : null;
  }
}

/** The sale as every node reports it, once all report the same twice in a row; else what they report at the end of `withinMs`. */
export async function agreedSales(shops: readonly Shop[], withinMs: number): Promise<Sale[]> {
  const deadlineAtMs = performance.now() + withinMs;
  let before = '';
  for (;;) {
    const answers = await Promise.all(shops.map((shop) => shop.status()));
    const sales = answers.flatMap((answer) => (answer.ok ? [answer.value.sale] : []));
    const told = [...new Set(sales.map(({ id, remaining, seq }) => `${id} ${remaining} ${seq}`))];
    const now = sales.length === shops.length && told.length === 1 ? (told[0] ?? '') : '';
    if ((now !== '' && now === before) || performance.now() > deadlineAtMs) return sales;
    before = now;
    await sleep(pollMs);
  }
}

/** The server's audit, asked again while the last orders are still on their way to MongoDB. */
export async function settledAudit(
  shop: Shop,
  token: string,
  saleId: string,
  withinMs: number,
): Promise<AuditReport | null> {
  const deadlineAtMs = performance.now() + withinMs;
  let last: AuditReport | null = null;
  do {
    const audit = await shop.audit(token, saleId);
    if (audit.ok) last = audit.value;
    if (last?.clean === true) break;
    await sleep(2 * pollMs);
  } while (performance.now() < deadlineAtMs);
  return last;
}

interface Schema<T> {
  safeParse(value: unknown): { success: true; data: T } | { success: false };
}

function read<T>(answer: HttpAnswer, expected: number, schema: Schema<T>): Read<T> {
  if (answer.code === 'failed') return { ok: false, message: answer.message, status: 0 };
  if (answer.status !== expected) {
    const code = (answer.body as { code?: unknown } | null)?.code;
    return {
      ok: false,
      message: `HTTP ${answer.status}${typeof code === 'string' ? ` ${code}` : ''}`,
      status: answer.status,
    };
  }
  const parsed = schema.safeParse(answer.body);
  if (!parsed.success) return { ok: false, message: 'not an answer of the contract', status: answer.status };
  return { ok: true, value: parsed.data };
}
