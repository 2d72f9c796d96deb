import { createConnection } from 'node:net';

/** Sends inline commands to a Redis, after signing in with the URL's user; the raw answers. */
export function redisCommand(url: string, command: string): Promise<string> {
  const { port, username, password } = new URL(url);
  return new Promise((resolve, reject) => {
    const socket = createConnection({ port: Number(port), host: '127.0.0.1' });
    let answer = '';
    socket.setTimeout(10_000, () => socket.destroy(new Error('Redis did not answer')));
    socket.on('connect', () => socket.write(`AUTH ${username} ${password}\r\n${command}\r\nQUIT\r\n`));
    socket.on('data', (chunk) => {
      answer += chunk;
    });
    socket.on('error', reject);
    socket.on('close', () => resolve(answer.replace(/^\+OK\r\n/, '').replace(/\+OK\r\n$/, '')));
  });
}
