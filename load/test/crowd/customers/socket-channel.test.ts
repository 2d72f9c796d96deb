import { expect, test } from 'vitest';
import { readAck } from '../../../crowd/customers/socket-channel.ts';

const order = {
  id: 's:c:1',
  saleId: 's',
  customerId: 'c',
  unit: 1,
  price: 999,
  status: 'claimed',
  claimedAt: '2026-01-01T00:00:00.000Z',
  confirmedAt: null,
};

test('the acknowledgement of a buy is a claim or a refusal', () => {
  expect(readAck({ ok: true, order, receipt: 'r' })).toEqual({ ok: true, order });
  expect(readAck({ ok: false, code: 'sold_out', message: '' })).toMatchObject({
    ok: false,
    code: 'sold_out',
  });
  expect(readAck({ ok: false, code: 'already_purchased', message: '', order })).toMatchObject({ order });
});

test.each([null, 'ok', {}, { ok: true }, { ok: true, order: {} }, { ok: false, code: 'odd', message: '' }])(
  'what is not of the contract is no answer: %j',
  (payload) => {
    expect(readAck(payload)).toMatchObject({ ok: false, code: 'no_answer' });
  },
);
