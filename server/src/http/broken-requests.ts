import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import type { RefusalCode } from '@flipzon/protocol/codes.ts';
import { problemOf } from './problems.ts';

/** For this long, input that still arrives is read and dropped, so that the answer arrives before the connection closes. */
const lingerMs = 1_000;
const tokenHeader = /(^|\r\n)(authorization|user_authentication_token) *:/i;
const readMax = 65_536;

/** Answers on the bare connection when a request cannot be parsed or is too late, and closes it. */
export function refuseBrokenRequest(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || socket.destroyed) return void socket.destroy();
  if (socket.writableEnded) return;
  const problem = problemOf(codeOf(error), undefined);
  const body = JSON.stringify(problem);
  const lines = [
    `HTTP/1.1 ${problem.status} ${STATUS_CODES[problem.status]}`,
    'Content-Type: application/problem+json',
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Connection: close',
    ...(problem.code === 'unauthenticated' ? ['WWW-Authenticate: Bearer'] : []),
  ];
  socket.end(`${lines.join('\r\n')}\r\n\r\n${body}`);
  setTimeout(() => socket.destroy(), lingerMs).unref();
}

function codeOf(error: { code?: string; rawPacket?: unknown }): RefusalCode {
  const { code, rawPacket } = error;
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') return 'request_timeout';
  if (code !== 'HPE_HEADER_OVERFLOW') return 'invalid_request';
  // A token that is longer than all headers together may be is a wrong token, and gets the same answer as others.
  const read = rawPacket instanceof Buffer ? rawPacket.toString('latin1', 0, readMax) : '';
  return tokenHeader.test(read) ? 'unauthenticated' : 'headers_too_large';
}
