import { once } from 'node:events';
import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { Admission } from '../../src/gateway/admission.ts';
import { openShop, type Shop } from '../_support/shop.ts';
import { eventually } from '../_support/shopper.ts';

/** How many of `asked` are let in, one after the other, with no time in between. */
const letIn = (admission: Admission, asked: number) =>
  Array.from({ length: asked }, () => admission.ask()).filter((refusal) => refusal === null).length;

describe('admission', () => {
  const at = (rate: { points: number; perMs: number }) => {
    const refused: string[] = [];
    let nowMs = 0;
    const admission = new Admission({ rate, onRefused: (reason) => refused.push(reason), now: () => nowMs });
    const pass = (ms: number) => {
      nowMs += ms;
    };
    return { admission, refused, pass };
  };

  it('lets in a burst of a quarter of a second, and then as many as the rate says', () => {
    const { admission, refused, pass } = at({ points: 400, perMs: 1_000 });
    expect(letIn(admission, 150)).toBe(100);
    expect(refused).toEqual(Array(50).fill('rate'));
    pass(50);
    expect(letIn(admission, 150)).toBe(20);
    pass(60_000);
    expect(letIn(admission, 150)).toBe(100);
  });

  it('lets in one at a time where the rate is less than one in a quarter of a second', () => {
    const { admission, pass } = at({ points: 1, perMs: 10_000 });
    expect(letIn(admission, 5)).toBe(1);
    pass(9_999);
    expect(letIn(admission, 5)).toBe(0);
    pass(2);
    expect(letIn(admission, 5)).toBe(1);
  });

  it('lets in fewer while the event loop is late, and as many as before when it is not', () => {
    const { admission, pass } = at({ points: 400, perMs: 1_000 });
    letIn(admission, 100);
    for (let look = 0; look < 10; look++) admission.noteLateness(500);
    pass(100);
    expect(letIn(admission, 100)).toBe(10);
    admission.noteLateness(0);
    admission.noteLateness(0);
    pass(100);
    expect(letIn(admission, 100)).toBe(40);
  });

  it('lets in no socket while a thousand wait for their first messages, and none at all when it is closed', async () => {
    const { admission, refused, pass } = at({ points: 400, perMs: 1_000 });
    const { promise, resolve } = Promise.withResolvers<void>();
    const waiting = Array.from({ length: 1_000 }, () => admission.settingUp(promise));
    expect([admission.ask()?.reason, refused]).toEqual(['busy', ['busy']]);
    resolve();
    await Promise.all(waiting);
    expect(admission.ask()).toBeNull();
    admission.close();
    pass(1_000);
    expect(admission.ask()?.reason).toBe('draining');
  });

  it('a socket whose messages can not be put together is not counted for good', async () => {
    const { admission } = at({ points: 400, perMs: 1_000 });
    for (let socket = 0; socket < 1_000; socket++) {
      await expect(admission.settingUp(Promise.reject(new Error('no Redis')))).rejects.toThrow('no Redis');
    }
    expect(admission.ask()).toBeNull();
  });
});

describe('a node with a full house', () => {
  let shop: Shop;
  beforeAll(async () => {
    const environment = { ADMISSION_RATE: '1/9999s', TRANSPORTS: 'websocket,polling' };
    shop = await openShop(inject('mongodbUri'), { environment });
    await shop.startSale();
  });
  afterAll(() => shop[Symbol.asyncDispose]());

  /** The status that a handshake gets; 101 when it is let in. */
  const handshake = async (transport: string, headers: Record<string, string> = {}) => {
    const upgrade = { connection: 'Upgrade', upgrade: 'websocket' };
    const asked = request(`${shop.nodes[0]?.url}/socket.io/?EIO=4&transport=${transport}`, {
      headers: {
        ...(transport === 'websocket' ? upgrade : {}),
        'sec-websocket-version': '13',
        'sec-websocket-key': 'AAAAAAAAAAAAAAAAAAAAAA==',
        ...headers,
      },
    }).end();
    const [answer] = await Promise.race([once(asked, 'response'), once(asked, 'upgrade')]);
    answer.resume();
    if (answer.statusCode === 101) asked.destroy();
    return { status: answer.statusCode as number, retryAfter: Number(answer.headers['retry-after']) };
  };

  it('answers 503 and when to retry, over either transport, and counts it; connected clients stay served', async () => {
    // A stranger's page does not cost any client its place.
    expect((await handshake('websocket', { origin: 'https://stranger.example' })).status).toBe(400);
    const inside = await shop.shopper('ann');
    for (const transport of ['websocket', 'polling', 'websocket']) {
      const { status, retryAfter } = await handshake(transport);
      expect(status).toBe(503);
      expect(retryAfter).toBeGreaterThanOrEqual(1);
      expect(retryAfter).toBeLessThanOrEqual(3);
    }
    expect(await inside.buy()).toMatchObject({ ok: true });
    await eventually(() => expect(inside.stocks.at(-1)?.remaining).toBe(2));
    const { body } = await shop.request<{ text: string }>('GET', '/metrics');
    expect(body.text).toContain('flipzon_admissions_refused_total{reason="rate"} 3\n');
  });
});
