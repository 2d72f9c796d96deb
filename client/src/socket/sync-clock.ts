import type { Store } from '../sale/store.ts';
import { measureClock } from './measure-clock.ts';
import type { ShopSocket } from './open-socket.ts';

const timeTimeoutMs = 2000;

/** Measures the server's clock, one measurement at a time; a wish during one is answered by that one. */
export function createClockSync(socket: ShopSocket, store: Store, clock: () => number): () => void {
  let measuring = false;
  return () => {
    if (measuring || !socket.connected) {
      return;
    }
    measuring = true;
    void measureClock(askServerTime, clock).then((reading) => {
      measuring = false;
      if (reading !== null) {
        store.tell({ type: 'clock', reading, deviceMs: Date.now(), now: clock() });
      }
    });
  };

  async function askServerTime(): Promise<string> {
    if (!socket.connected) {
      throw new Error('not connected');
    }
    const { serverTime } = await socket.timeout(timeTimeoutMs).emitWithAck('time');
    return serverTime;
  }
}
