import { createAdapter } from '@socket.io/redis-adapter';
import { forAdapter } from './adapter-client.ts';
import { AdapterGaps, type GapHandlers } from './adapter-gaps.ts';
import type { RedisConnections } from './connections.ts';

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
