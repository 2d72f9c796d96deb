import { expect, test } from 'vitest';
import { readAck } from '../../../crowd/customers/socket-channel.ts';
import { claimedOrder as order } from '../../claimed-order.ts';

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
