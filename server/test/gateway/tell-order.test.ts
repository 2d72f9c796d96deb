import type { Order } from '@flipzon/protocol/schemas.ts';
import { expect, it } from 'vitest';
import type { ClientSocket } from '../../src/gateway/socket-server.ts';
import { tellOrder } from '../../src/gateway/tell-order.ts';

const told = (statuses: Order['status'][]): Order['status'][] => {
  const heard: Order['status'][] = [];
  // Only what it is told matters here; real sockets are told in across-nodes.test.ts.
  const socket = { data: {}, emit: (_event: 'order', order: Order) => heard.push(order.status) };
  for (const status of statuses) {
    tellOrder(socket as unknown as ClientSocket, { id: 's:ann:1', unit: 1, status } as Order);
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
  expect(told(news)).toEqual(heard);
});
