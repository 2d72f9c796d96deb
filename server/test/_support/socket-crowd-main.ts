import type { BuyAnswer } from '@flipzon/protocol/schemas.ts';
import { RawSocket } from './raw-socket.ts';
import type { CrowdAnswer, CrowdOrder, CrowdReport } from './socket-crowd.ts';

/** Thousands of sockets in a separate process, which reconnect as the page's do. */

const answerMsMax = 5_000;
const againMs = 500;
const openAtOnce = 100;

class Client {
  readonly requestId: string;
  readonly firstJoined: Promise<void>;
  readonly #onJoined: () => void;
  readonly #url: URL;
  readonly #token: string | undefined;
  #socket: RawSocket | null = null;
  #attempts = 0;
  /** Since it connected last. */
  remaining: number | null = null;
  seq = -1;
  connects = 0;
  refused = 0;
  backwards = 0;

  constructor(url: URL, token: string | undefined, requestId: string) {
    this.#url = url;
    this.#token = token;
    this.requestId = requestId;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.firstJoined = promise;
    this.#onJoined = resolve;
    this.#connect();
  }

  get connected(): boolean {
    return this.#socket?.joined === true;
  }

  ask(event: string, payload: unknown): Promise<unknown> {
    return this.#socket?.ask(event, payload, answerMsMax) ?? Promise.resolve(null);
  }

  #connect(): void {
    this.#socket = new RawSocket(this.#url, this.#token, {
      joined: () => {
        this.connects++;
        this.#onJoined();
        this.#attempts = 0;
      },
      event: (name, payload) => {
        if (name === 'sale' || name === 'stock') this.#count(payload as { remaining: number; seq: number });
      },
      closed: (status) => {
        if (status === 503) this.refused++;
        this.remaining = null;
        // As Socket.IO draws it, with the page's settings.
        const delayMs = 1_200 * 2 ** Math.min(this.#attempts++, 5) * (0.15 + 1.7 * Math.random());
        setTimeout(() => this.#connect(), Math.min(20_000, delayMs));
      },
    });
  }

  #count({ remaining, seq }: { remaining: number; seq: number }): void {
    if (seq < this.seq) this.backwards++;
    else Object.assign(this, { remaining, seq });
  }
}

const clients: Client[] = [];

/** Asks the same until there is an answer that stands; whatever else is said on the way is kept. */
async function buy(client: Client): Promise<CrowdAnswer> {
  const onTheWay: string[] = [];
  for (;;) {
    const answer = (await client.ask('buy', { requestId: client.requestId })) as BuyAnswer | null;
    if (answer?.ok === true) return { order: answer.order, code: 'claimed', onTheWay };
    if (answer?.code === 'sold_out') return { order: null, code: 'sold_out', onTheWay };
    onTheWay.push(answer?.code ?? 'no_answer');
    await new Promise((resolve) => setTimeout(resolve, againMs * (0.5 + Math.random())));
  }
}

/** Concurrent connects: the first connecting is not yet the storm. */
async function openAll({ url, tokens, spectators }: Extract<CrowdOrder, { type: 'open' }>): Promise<void> {
  const all = [...tokens, ...Array.from({ length: spectators }, () => undefined)];
  for (let from = 0; from < all.length; from += openAtOnce) {
    const batch = all
      .slice(from, from + openAtOnce)
      .map((token, index) => new Client(new URL(url), token, `request-${from + index}`));
    clients.push(...batch);
    await Promise.all(batch.map((client) => client.firstJoined));
  }
}

function report(): CrowdReport {
  const counts: Record<string, number> = {};
  for (const { connected, remaining } of clients) {
    const seen = connected ? String(remaining) : 'away';
    counts[seen] = (counts[seen] ?? 0) + 1;
  }
  return {
    connected: clients.filter(({ connected }) => connected).length,
    counts,
    reconnects: clients.reduce((sum, { connects }) => sum + Math.max(0, connects - 1), 0),
    backwards: clients.reduce((sum, { backwards }) => sum + backwards, 0),
    refused: clients.reduce((sum, { refused }) => sum + refused, 0),
  };
}

process.on('message', async (order: CrowdOrder) => {
  switch (order.type) {
    case 'open':
      await openAll(order);
      process.send?.(report());
      return;
    case 'report':
      process.send?.(report());
      return;
    case 'buy':
      process.send?.(await Promise.all(clients.slice(order.from, order.to).map(buy)));
      return;
  }
});
process.on('disconnect', () => process.exit(0));
