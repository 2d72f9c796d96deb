import type { RedisClient } from './connections.ts';

/**
 * The Socket.IO adapter publishes and forgets: it never looks at what came of it, and a rejection that nobody looks at ends the process.
 * Through this view of the client every call's failure is seen, so an outage of Redis costs the message and not the node.
 */
export function forAdapter(client: RedisClient, onError: (error: unknown) => void): RedisClient {
  return new Proxy(client, {
    get(target, property) {
      const value: unknown = Reflect.get(target, property, target);
      if (typeof value !== 'function') return value;
      return (...args: unknown[]) => {
        const result: unknown = Reflect.apply(value, target, args);
        if (result instanceof Promise) result.catch(onError);
        return result;
      };
    },
  });
}
