import http from 'node:http';
import https from 'node:https';

export type HttpAnswer =
  | { code: 'answered'; status: number; body: unknown }
  | { code: 'failed'; message: string };

export interface HttpRequest {
  method: 'GET' | 'POST' | 'PATCH';
  path: string;
  token?: string;
  headers?: Record<string, string>;
  body?: unknown;
  timeoutMs: number;
}

export type HttpClient = (request: HttpRequest) => Promise<HttpAnswer>;

const bodyBytesMax = 16 * 1024 * 1024;

/** JSON over connections that are kept alive, as browsers keep theirs; at most `socketsMax` of them. */
export function createHttpClient(origin: string, socketsMax: number, localAddress?: string): HttpClient {
  const secure = origin.startsWith('https:');
  const agentOptions = { keepAlive: true, maxSockets: socketsMax, maxFreeSockets: socketsMax };
  const agent = secure ? new https.Agent(agentOptions) : new http.Agent(agentOptions);
  const send = secure ? https.request : http.request;

  return (request) =>
    new Promise((resolve) => {
      const body = request.body === undefined ? undefined : JSON.stringify(request.body);
      const fail = (error: Error) => resolve({ code: 'failed', message: error.message });
      const outgoing = send(
        new URL(request.path, origin),
        {
          agent,
          method: request.method,
          signal: AbortSignal.timeout(Math.max(1, Math.ceil(request.timeoutMs))),
          headers: { ...headersOf(request.token, body), ...request.headers },
          ...(localAddress === undefined ? {} : { localAddress, family: 4 }),
        },
        (incoming) => {
          let text = '';
          incoming.setEncoding('utf8');
          incoming.on('data', (chunk: string) => {
            text += chunk;
            if (text.length > bodyBytesMax) incoming.destroy(new Error('answer too large'));
          });
          incoming.on('error', fail);
          incoming.on('end', () =>
            resolve({ code: 'answered', status: incoming.statusCode ?? 0, body: parse(text) }),
          );
        },
      );
      outgoing.on('error', fail);
      outgoing.end(body);
    });
}

function headersOf(token: string | undefined, body: string | undefined): Record<string, string> {
  return {
    accept: 'application/json',
    ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    ...(body === undefined
      ? {}
      : { 'content-type': 'application/json', 'content-length': String(Buffer.byteLength(body)) }),
  };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
