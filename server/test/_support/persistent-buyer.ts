import type { Order } from '@flipzon/protocol/schemas.ts';
import { io } from 'socket.io-client';
import { noteClaim } from './fault-figures.ts';
import type { Address, Shop } from './shop.ts';

const answerMsMax = 5_000;
const againMs = 100;

/** The answers to a buyer who does not give up. */
export interface Bought {
  customerId: string;
  /** Null: sold out. */
  order: Order | null;
  /** What was said before the answer that stands; a lost connection is `no_answer`, and waiting for one `not_connected`. */
  onTheWay: string[];
}

interface Said {
  order?: Order;
  code?: string;
  retryAfterMs?: number;
}

/** Asks the same until there is an answer that stands. */
async function persist(customerId: string, ask: () => Promise<Said | null>): Promise<Bought> {
  const onTheWay: string[] = [];
  for (;;) {
    const said = await ask();
    // An order that is there already is named in a refusal too; only the answer to the same request counts.
    if (said?.order !== undefined && said.code === undefined) {
      noteClaim(said.order);
      return { customerId, order: said.order, onTheWay };
    }
    if (said?.code === 'sold_out') return { customerId, order: null, onTheWay };
    onTheWay.push(said?.code ?? 'no_answer');
    await new Promise((resolve) => setTimeout(resolve, said?.retryAfterMs ?? againMs));
  }
}

export async function buyOverHttp(shop: Shop, customerId: string, where: () => Address): Promise<Bought> {
  const token = await shop.token(customerId);
  return persist(customerId, async () => {
    const answer = await fetch(`${where().url}/buy`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'idempotency-key': `${customerId}-only` },
      signal: AbortSignal.timeout(answerMsMax),
    }).catch(() => null);
    return ((await answer?.json().catch(() => null)) as Said | null | undefined) ?? null;
  });
}

/** A page: connects, presses, comes back by itself when it loses its node, and asks again. */
export async function buyOverSocket(shop: Shop, customerId: string, { url }: Address): Promise<Bought> {
  const socket = io(url, {
    transports: ['websocket'],
    forceNew: true,
    auth: { token: await shop.token(customerId) },
    reconnectionDelay: 200,
    reconnectionDelayMax: 1_000,
  });
  try {
    return await persist(customerId, async () => {
      if (!socket.connected) return { code: 'not_connected' };
      const answer = await socket
        .timeout(answerMsMax)
        .emitWithAck('buy', { requestId: `${customerId}-only` })
        .catch(() => null);
      return answer?.ok === true ? { order: answer.order } : answer;
    });
  } finally {
    socket.disconnect();
  }
}
