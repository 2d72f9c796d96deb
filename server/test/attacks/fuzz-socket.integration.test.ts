import fc from 'fast-check';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { fuzzRuns } from '../_support/fuzz.ts';
import { frame, opcodes, rawWebSocket } from '../_support/raw-web-socket.ts';
import { eventually } from '../_support/shopper.ts';
import { openVictim, type Victim } from '../_support/victim.ts';

let victim: Victim;
let token: string;
beforeAll(async () => {
  victim = await openVictim(inject('mongodbUri'), { environment: { RATE_LIMIT_BUY: '' } });
  token = await victim.shop.token('mallory');
});
afterAll(async () => {
  await using _ = victim;
  // The process lives, its memory is flat, the stock is what the honest buy left.
  await victim.expectUnharmed(1);
});

/** Parts of the three languages that a frame speaks, put together at random: WebSocket, Engine.IO, Socket.IO. */
const packet = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 200 }),
  fc
    .tuple(
      fc.constantFrom('4', '0', '2', '6', '9', ''),
      fc.constantFrom('0', '1', '2', '3', '4', '5', '6', ''),
      fc.constantFrom('', '1-', '0-', '9999999-', '-1-', '/admin,', '/__proto__,'),
      fc.constantFrom('', '7', '-7', '1e9', '99999999999999999999'),
      fc.oneof(
        fc.json({ maxDepth: 3 }),
        fc.json({ maxDepth: 3 }).map((json) => `["time",${json}]`),
        fc.constantFrom(
          '["buy"',
          '["__proto__"]',
          '[{"_placeholder":true,"num":-1}]',
          '["disconnect"]',
          '[null]',
          '{"token":1}',
        ),
      ),
    )
    .map((parts) => parts.join('')),
);
const piece = fc.oneof(
  { weight: 5, arbitrary: packet.map((text) => frame(text)) },
  { weight: 1, arbitrary: fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes)) },
  {
    weight: 2,
    arbitrary: fc
      .record({
        text: fc.string({ unit: 'binary', maxLength: 130 }),
        final: fc.boolean(),
        opcode: fc.constantFrom(...Object.values(opcodes), 3, 15),
        masked: fc.boolean(),
        reserved: fc.constantFrom(0, 0x10, 0x40),
      })
      .map(({ text, ...options }) => frame(text, options)),
  },
);

it('the socket’s entry: whatever is written, the node answers the next one', async () => {
  const { numRuns, seed } = fuzzRuns(150);
  const open: { destroy(): void }[] = [];
  await fc.assert(
    fc.asyncProperty(fc.array(piece, { minLength: 1, maxLength: 12 }), fc.boolean(), async (pieces, join) => {
      const socket = await rawWebSocket(victim.url, join ? { token } : { join: false });
      for (const bytes of pieces) socket.write(bytes);
      open.push(socket.socket);
      if (open.length > 50) open.shift()?.destroy();
    }),
    { numRuns, seed },
  );
  for (const socket of open) socket.destroy();
  const honest = await rawWebSocket(victim.url, { token: await victim.shop.token('ann') });
  honest.send('421["buy",{"requestId":"honest"}]');
  await honest.until('431[{"ok":true');
  honest.socket.destroy();
  await eventually(async () => expect(await victim.metric('flipzon_sockets')).toBe(0));
  const { body } = await victim.shop.request<{ remaining: number }>('GET', '/status', { node: victim.node });
  expect(body.remaining).toBe(49);
});
