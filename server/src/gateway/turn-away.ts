import { type IncomingMessage, type ServerResponse, STATUS_CODES } from 'node:http';

/** Answers a handshake with when to come again. Engine.IO's own refusal is 400, which clients take for a fault of theirs. */
export function turnAway(
  request: IncomingMessage & { res?: ServerResponse },
  { status, retryAfterS }: { status: 429 | 503; retryAfterS: number },
): void {
  const headers = { 'Retry-After': String(retryAfterS), 'Content-Length': '0', Connection: 'close' };
  // With polling there is a response; an upgrade has the bare connection only.
  if (request.res !== undefined) {
    request.res.writeHead(status, headers).end();
    return;
  }
  const { socket } = request;
  socket.on('error', () => socket.destroy());
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${lines.join('')}\r\n`, () => socket.destroy());
}
