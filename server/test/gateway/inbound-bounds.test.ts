import { expect, test } from 'vitest';
import { InboundBounds, type Misuse } from '../../src/gateway/inbound-bounds.ts';
import type { ClientSocket } from '../../src/gateway/socket-server.ts';
import type { Rate } from '../../src/limits/buy-rate.ts';

/** A socket that sends `time` as often as a test says, until it is cut off. */
function boundedSocket(buyRate: Rate) {
  const misuse: Misuse[] = [];
  const bounds = new InboundBounds({ buyRate, onMisuse: (kind) => misuse.push(kind) });
  let listener: (event: unknown) => void = () => undefined;
  let disconnected = 0;
  const socket = {
    onAny: (given: typeof listener) => {
      listener = given.bind(socket);
    },
    disconnect: () => disconnected++,
    conn: { transport: { name: 'polling' }, close: () => undefined },
  };
  bounds.watchEvents(socket as unknown as ClientSocket);
  return {
    bounds,
    misuse,
    /** How often it was disconnected by then. */
    send: (count: number) => {
      for (let i = 0; i < count; i++) listener('time');
      return disconnected;
    },
  };
}

test.each([
  ['a whole number of events', { points: 20, perMs: 2_000 }, 200],
  ['a number of events that is no whole one', { points: 20, perMs: 3_000 }, 134],
  ['the least that any socket may send', { points: 1, perMs: 7_000 }, 100],
])('a socket that reaches %s a second is cut off once', (_what, buyRate, most) => {
  const { bounds, misuse, send } = boundedSocket(buyRate);
  expect(send(most - 1)).toBe(0);
  bounds.beginSecond();
  expect(send(most - 1)).toBe(0);
  expect(send(1)).toBe(1);
  expect(send(10)).toBe(1);
  expect(misuse).toEqual(['too_many_events']);
});
