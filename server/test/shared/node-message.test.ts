import { expect, it } from 'vitest';
import { messageVersion, nodeMessage, readNodeMessage } from '../../src/shared/node-message.ts';

it('a message says its version; counts are of the first without saying so', () => {
  expect(readNodeMessage(nodeMessage('node-1 12'))).toBe('node-1 12');
  expect(readNodeMessage('999 1 1764000000000')).toBe('999 1 1764000000000');
});

it.each([`v${messageVersion + 1} node-1 12`, 'v node-1', `v${messageVersion}`, `v${messageVersion}x y`])(
  'what this node does not know is not read: %s',
  (message) => expect(readNodeMessage(message)).toBeNull(),
);
