import { EventEmitter } from 'node:events';
import { expect, test } from 'vitest';
import type { RedisClient } from '../../src/redis/connections.ts';
import { announcementChannel } from '../../src/redis/keys.ts';
import { subscribe } from '../../src/redis/subscriptions.ts';

test('a node hears what another one has announced, and not what it has announced itself', async () => {
  const subscriber = Object.assign(new EventEmitter(), {
    psubscribe: async () => undefined,
    subscribe: async () => undefined,
  });
  const heard: (string | null)[] = [];
  const ignored = () => undefined;
  await subscribe(subscriber as unknown as RedisClient, 'own', {
    onAnnouncement: (what) => heard.push(what),
    ...{ onStock: ignored, onPresence: ignored, onNodeStats: ignored, onIgnored: ignored },
  });
  // The last two come from nodes of an earlier and of a later version.
  for (const message of ['v1 own sale', 'v1 other settings', 'v1 other', 'v2 other something new'])
    subscriber.emit('message', announcementChannel, message);
  expect(heard).toEqual(['settings', null, null]);
});
