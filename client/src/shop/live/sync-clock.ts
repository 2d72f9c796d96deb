import { type MeasuredClock, measureClock } from '../model/measure-clock.ts';
import type { ShopSocket } from './open-socket.ts';

const timeTimeoutMs = 2000;

/** Measures the server's clock, one measurement at a time; a call during one shares it. */
export function createClockSync(
  socket: ShopSocket,
  clock: () => number,
  onMeasured: (measured: MeasuredClock) => void,
): () => void {
  let measuring = false;
  return () => {
    if (measuring || !socket.connected) {
      return;
    }
    measuring = true;
    void measureClock(askServerTime, clock).then((measured) => {
      measuring = false;
      if (measured !== null) {
        onMeasured(measured);
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
