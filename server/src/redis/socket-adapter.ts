import { createAdapter } from '@socket.io/redis-adapter';
import { AdapterGaps, type GapHandlers } from './adapter-gaps.ts';
import type { RedisClient, RedisConnections } from './connections.ts';

export interface SocketAdapter extends Disposable {
  /** For Socket.IO. */
  adapter: ReturnType<typeof createAdapter>;
  /** From here on gaps are noticed. */
  watchGaps(handlers: GapHandlers): void;
}

/** Carries between the nodes what is sent to a customer's sockets, and says when some of it may have been lost. */
export function createSocketAdapter(
  { adapterPublisher, adapterSubscriber }: Pick<RedisConnections, 'adapterPublisher' | 'adapterSubscriber'>,
  onError: (error: unknown) => void,
): SocketAdapter {
  const gaps = new AdapterGaps(adapterSubscriber, onError);
  const onPublishError = (error: unknown) => {
    gaps.publishFailed();
    onError(error);
  };
  return {
    adapter: createAdapter(
      forAdapter(adapterPublisher, onPublishError),
      forAdapter(adapterSubscriber, onError),
    ),
    watchGaps: (handlers) => gaps.watch(handlers),
    [Symbol.dispose]: () => gaps[Symbol.dispose](),
  };
}

/**
 * The Socket.IO adapter publishes and forgets: it ignores the result, and an unhandled rejection ends the process.
 * Through this view of the client every call's failure is seen, so an outage of Redis costs the message and not the node.
 */
function forAdapter(client: RedisClient, onError: (error: unknown) => void): RedisClient {
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
