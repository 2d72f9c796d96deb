import type { Order } from '@flipzon/protocol/schemas.ts';
import { expect, it } from 'vitest';
import { deliverOrder } from '../../src/gateway/deliver-order.ts';
import type { ClientSocket } from '../../src/gateway/socket-server.ts';

/** One claim after the other under one order id, by the number of the claim. */
const deliveredOf = (news: [Order['status'], number][]): [Order['status'], number][] => {
  const heard: [Order['status'], number][] = [];
  const socket = {
    data: {},
    emit: (_event: 'order', { status, seq }: Order) => heard.push([status, seq ?? 0]),
  };
  for (const [status, seq] of news) {
    deliverOrder(
      socket as unknown as ClientSocket,
      {
        ...{ id: 's:ann:1', unit: seq, status, seq },
        // The clock of Redis runs backwards.
        claimedAt: new Date(1_000_000 - seq).toISOString(),
      } as Order,
    );
  }
  return heard;
};

it.each([
  // News of the first claim comes after the second one.
  [
    [
      ['claimed', 5],
      ['claimed', 9],
      ['revoked', 5],
      ['claimed', 5],
      ['confirmed', 9],
    ],
    [
      ['claimed', 5],
      ['claimed', 9],
      ['confirmed', 9],
    ],
  ],
  // A hold that ended, and the next one.
  [
    [
      ['claimed', 5],
      ['held', 5],
      ['claimed', 5],
      ['expired', 5],
      ['held', 5],
      ['claimed', 9],
      ['expired', 5],
      ['held', 5],
      ['held', 9],
      ['confirmed', 9],
      ['held', 9],
    ],
    [
      ['claimed', 5],
      ['held', 5],
      ['expired', 5],
      ['claimed', 9],
      ['held', 9],
      ['confirmed', 9],
    ],
  ],
  // An order that a late writer has brought stands, whatever was claimed since.
  [
    [
      ['claimed', 9],
      ['confirmed', 5],
      ['claimed', 9],
    ],
    [
      ['claimed', 9],
      ['confirmed', 5],
    ],
  ],
] as [[Order['status'], number][], [Order['status'], number][]][])(
  'news of claims %j becomes %j',
  (news, heard) => {
    expect(deliveredOf(news)).toEqual(heard);
  },
);

const delivered = (statuses: Order['status'][]): Order['status'][] => {
  const heard: Order['status'][] = [];
  // Only what is sent matters here; across-nodes.integration.test.ts sends to real sockets.
  const socket = { data: {}, emit: (_event: 'order', order: Order) => heard.push(order.status) };
  for (const status of statuses) {
    deliverOrder(socket as unknown as ClientSocket, { id: 's:ann:1', unit: 1, status } as Order);
  }
  return heard;
};

it.each([
  [
    ['claimed', 'confirmed'],
    ['claimed', 'confirmed'],
  ],
  [['confirmed', 'claimed'], ['confirmed']],
  [['confirmed', 'revoked'], ['confirmed']],
  [
    ['revoked', 'claimed', 'confirmed'],
    ['revoked', 'claimed', 'confirmed'],
  ],
  [
    ['claimed', 'claimed', 'confirmed', 'confirmed', 'cancelled'],
    ['claimed', 'confirmed', 'cancelled'],
  ],
  [['cancelled', 'confirmed', 'claimed', 'cancelled'], ['cancelled']],
] as [Order['status'][], Order['status'][]][])('news %j becomes %j', (news, heard) => {
  expect(delivered(news)).toEqual(heard);
});
