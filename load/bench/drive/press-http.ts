import { connect, type Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { signingTokens } from '../../shared/tokens.ts';
import { type Pressed, Presses } from './presses.ts';

export interface HttpPressPlan {
  urls: readonly string[];
  customers: { prefix: string; secret: string };
  /** Customers, each with one buy. */
  count: number;
  /** Connections, kept alive; each has one request under way. */
  lanes: number;
  /** Customer i presses at spreadMs · i / count, or as soon after as a lane is free; 0: as fast as the lanes go. */
  spreadMs: number;
}

const answerMsMax = 60_000;

/** `POST /buy` written by hand on plain sockets: an HTTP client's own cost would be most of what this process does. */
export async function pressHttp(plan: HttpPressPlan): Promise<Pressed> {
  const { urls, customers, count, lanes } = plan;
  const sign = signingTokens(customers.secret);
  const requests: string[] = [];
  for (let i = 0; i < count; i++) {
    const name = `${customers.prefix}-${i}`;
    const signed = await sign(name, 'customer');
    requests.push(requestOf(name, signed.ok ? signed.token : ''));
  }
  const open = await Promise.all(
    Array.from({ length: Math.min(lanes, count) }, (_, lane) =>
      Lane.open(urls[lane % urls.length] as string),
    ),
  );
  const presses = new Presses();
  const startedAtMs = performance.now();
  let next = 0;
  await Promise.all(
    open.map(async (lane) => {
      for (let i = next++; i < count; i = next++) {
        const dueAtMs = startedAtMs + (plan.spreadMs * i) / count;
        if (plan.spreadMs > 0 && dueAtMs > performance.now()) await delay(dueAtMs - performance.now());
        const pressedAtMs = plan.spreadMs > 0 ? dueAtMs : performance.now();
        const status = await lane.ask(requests[i] as string);
        presses.answered(status === 201 ? 'claimed' : String(status), pressedAtMs);
      }
    }),
  );
  for (const lane of open) lane.close();
  return presses.result();
}

function requestOf(customer: string, token: string): string {
  return [
    'POST /buy HTTP/1.1',
    'host: 127.0.0.1',
    'content-type: application/json',
    'content-length: 2',
    `authorization: Bearer ${token}`,
    `x-customer: ${customer}`,
    `idempotency-key: ${customer}`,
    '',
    '{}',
  ].join('\r\n');
}

/** One connection with one request at a time. */
class Lane {
  readonly #socket: Socket;
  #received = '';
  #answer: ((status: number) => void) | null = null;

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.setEncoding('latin1');
    socket.on('data', (chunk: string) => this.#read(chunk));
    socket.on('close', () => this.#settle(0));
    socket.on('error', () => this.#settle(0));
  }

  static open(url: string): Promise<Lane> {
    const { hostname, port } = new URL(url);
    return new Promise((resolve, reject) => {
      const socket = connect({ host: hostname, port: Number(port), noDelay: true });
      socket.once('error', reject);
      socket.once('connect', () => resolve(new Lane(socket)));
    });
  }

  /** The status of the answer; 0 when there was none. */
  ask(request: string): Promise<number> {
    if (this.#socket.destroyed) return Promise.resolve(0);
    return new Promise((resolve) => {
      const timer = setTimeout(() => this.#settle(0), answerMsMax);
      this.#answer = (status) => {
        clearTimeout(timer);
        resolve(status);
      };
      this.#socket.write(request);
    });
  }

  close(): void {
    this.#socket.destroy();
  }

  #read(chunk: string): void {
    this.#received += chunk;
    const headEnd = this.#received.indexOf('\r\n\r\n');
    if (headEnd < 0) return;
    const length = Number(/\r\ncontent-length: (\d+)/i.exec(this.#received.slice(0, headEnd))?.[1] ?? 0);
    if (this.#received.length < headEnd + 4 + length) return;
    const status = Number(this.#received.slice(9, 12));
    this.#received = '';
    this.#settle(status);
  }

  #settle(status: number): void {
    const answer = this.#answer;
    this.#answer = null;
    answer?.(status);
  }
}
