import { createConnection } from 'node:net';

/** Sends one request to a loopback port; the answer once it is complete, or undefined on any failure or time-out. */
export function exchange(
  port: number,
  request: Buffer,
  isComplete: (answer: Buffer) => boolean,
  timeoutMs: number,
): Promise<Buffer | undefined> {
  return new Promise((resolve) => {
    let answer = Buffer.alloc(0);
    const socket = createConnection({ port, host: '127.0.0.1' });
    const finish = (value: Buffer | undefined) => {
      clearTimeout(timer);
      socket.destroy();
      resolve(value);
    };
    const timer = setTimeout(finish, timeoutMs, undefined);
    socket.on('connect', () => socket.write(request));
    socket.on('data', (chunk) => {
      answer = Buffer.concat([answer, chunk]);
      if (isComplete(answer)) finish(answer);
    });
    socket.on('error', () => finish(undefined));
    socket.on('close', () => finish(undefined));
  });
}
