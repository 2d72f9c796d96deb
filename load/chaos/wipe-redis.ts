import { once } from 'node:events';
import { connect } from 'node:net';

const answerMsMax = 5_000;

/** Redis loses its keys and its scripts in one step, like one that restarts with an empty disk. */
export async function wipeRedis(url: string): Promise<void> {
  const { hostname, port, username, password } = new URL(url);
  const socket = connect({ host: hostname, port: Number(port) });
  const signal = AbortSignal.timeout(answerMsMax);
  try {
    await once(socket, 'connect', { signal });
    socket.write(
      `AUTH ${username} ${decodeURIComponent(password)}\r\nMULTI\r\nFLUSHALL\r\nSCRIPT FLUSH\r\nEXEC\r\nQUIT\r\n`,
    );
    let answer = '';
    socket.setEncoding('utf8').on('data', (text: string) => {
      answer += text;
    });
    await once(socket, 'close', { signal });
    if (!answer.includes('*2\r\n+OK\r\n+OK')) throw new Error(`Redis was not wiped: ${answer}`);
  } finally {
    socket.destroy();
  }
}
