import { createAdapter } from '@socket.io/redis-adapter';
import { forAdapter } from './adapter-client.ts';
import { AdapterGaps } from './adapter-gaps.ts';
import type { RedisConnections } from './connections.ts';

interface Dependencies {
  /** This node may have missed what others published. */
  onMissed: () => void;
  /** The others may have missed what this node published: to be told now that it may work again. */
  sayMissed: () => void;
  onError: (error: unknown) => void;
}

export interface SocketAdapter extends Disposable {
  /** For Socket.IO. */
  adapter: ReturnType<typeof createAdapter>;
}

/** Carries between the nodes what is sent to a customer's sockets, and says when some of it may have been lost. */
export function createSocketAdapter(
  { adapterPublisher, adapterSubscriber }: Pick<RedisConnections, 'adapterPublisher' | 'adapterSubscriber'>,
  { onError, ...gapHandlers }: Dependencies,
): SocketAdapter {
  const gaps = new AdapterGaps({ subscriber: adapterSubscriber, onError, ...gapHandlers });
  const onPublishError = (error: unknown) => {
    gaps.publishFailed();
    onError(error);
  };
  return {
    adapter: createAdapter(
      forAdapter(adapterPublisher, onPublishError),
      forAdapter(adapterSubscriber, onError),
    ),
    [Symbol.dispose]: () => gaps[Symbol.dispose](),
  };
}
