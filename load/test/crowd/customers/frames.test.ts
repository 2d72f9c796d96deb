import { describe, expect, test } from 'vitest';
import { decodeFrame, encodeConnect, encodeEmit } from '../../../crowd/customers/frames.ts';

describe('frames that the crowd sends', () => {
  test('a customer presents the token, a spectator none', () => {
    expect(encodeConnect('abc')).toBe('40{"token":"abc"}');
    expect(encodeConnect()).toBe('40');
  });

  test('an emit carries the id of its acknowledgement', () => {
    expect(encodeEmit(17, 'buy', { requestId: 'r' })).toBe('4217["buy",{"requestId":"r"}]');
    expect(encodeEmit(0, 'time')).toBe('420["time"]');
  });
});

describe('frames that the shop sends', () => {
  test.each([
    [
      '0{"sid":"s","upgrades":[],"pingInterval":25000,"pingTimeout":20000,"maxPayload":1000}',
      { kind: 'open', pingIntervalMs: 25000, pingTimeoutMs: 20000 },
    ],
    ['2', { kind: 'ping' }],
    ['1', { kind: 'closed' }],
    ['40{"sid":"s"}', { kind: 'connected' }],
    ['41', { kind: 'closed' }],
    [
      '44{"message":"no","data":{"code":"unauthenticated","message":"no"}}',
      { kind: 'refused', code: 'unauthenticated', message: 'no' },
    ],
    ['44{"message":"no"}', { kind: 'refused', code: 'unknown', message: 'no' }],
    ['42["order",{"id":"s:c:1"}]', { kind: 'event', name: 'order', payload: { id: 's:c:1' } }],
    ['43123[{"ok":true}]', { kind: 'ack', id: 123, payload: { ok: true } }],
    ['430[]', { kind: 'ack', id: 0, payload: undefined }],
  ])('%s', (text, frame) => {
    expect(decodeFrame(text)).toEqual(frame);
  });

  test.each(['', 'x', '0{}', '4', '42{"a":1}', '42[1]', '42["order",{', '43[{}]', '43x[{}]', '46'])(
    'any other frame is malformed, not an exception: %j',
    (text) => {
      expect(decodeFrame(text)).toEqual({ kind: 'malformed', text });
    },
  );
});
