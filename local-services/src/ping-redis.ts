import { exchange } from './exchange.ts';

/** Whether the Redis there answers PING now: false while it loads its append-only file, or is not there. */
export async function pingRedis(port: number, password: string, timeoutMs = 1_000): Promise<boolean> {
  const request = Buffer.from(`AUTH ${password}\r\nPING\r\n`);
  const complete = (answer: Buffer) => answer.toString().split('\r\n').length > 2;
  const answer = await exchange(port, request, complete, timeoutMs);
  return answer?.toString() === '+OK\r\n+PONG\r\n';
}
