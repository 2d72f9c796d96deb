import { EventEmitter } from 'node:events';
import { expect, test } from 'vitest';
import { InboundBounds, type Misuse } from '../../src/gateway/inbound-bounds.ts';
import type { Connection } from '../../src/gateway/private-fields.ts';
import type { ClientSocket } from '../../src/gateway/socket-server.ts';
import type { Rate } from '../../src/limits/buy-rate.ts';

/** A connection that sends as many messages as a test says, and how often it was cut off. */
function boundedConnection(buyRate: Rate) {
  const misuse: Misuse[] = [];
  const bounds = new InboundBounds({ buyRate, onMisuse: (kind) => misuse.push(kind) });
  let cutOff = 0;
  const connection = Object.assign(new EventEmitter(), {
    transport: { name: 'polling' },
    close: () => cutOff++,
  });
  bounds.watch(connection as unknown as Connection);
  return {
    bounds,
    misuse,
    send: (count: number) => {
      for (let i = 0; i < count; i++) connection.emit('data', 'a message');
      return cutOff;
    },
  };
}

test.each([
  ['a whole number of messages', { points: 20, perMs: 2_000 }, 200],
  ['a number of messages that is no whole one', { points: 20, perMs: 3_000 }, 134],
  ['the least that any connection may send', { points: 1, perMs: 7_000 }, 100],
])('a connection that reaches %s a second is cut off once', (_what, buyRate, most) => {
  const { bounds, misuse, send } = boundedConnection(buyRate);
  expect(send(most - 1)).toBe(0);
  bounds.beginSecond();
  expect(send(most - 1)).toBe(0);
  expect(send(1)).toBe(1);
  expect(send(10)).toBe(1);
  expect(misuse).toEqual(['too_many_events']);
});

test('every event of the protocol is known, and any other is misuse', () => {
  const { bounds, misuse } = boundedConnection({ points: 5, perMs: 1_000 });
  let note: (event: string) => void = () => undefined;
  bounds.watchEvents({
    onAny: (listener: typeof note) => {
      note = listener;
    },
  } as unknown as ClientSocket);
  for (const event of ['buy', 'renew', 'time', 'watchNodeStats', 'watchRecentUnits', 'unwatch']) note(event);
  for (const event of ['watch', 'watchGone']) note(event);
  expect(misuse).toEqual([]);
  note('__proto__');
  expect(misuse).toEqual(['unknown_event']);
});
