import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/** Requests that may wait behind the one that is being answered. Browsers and balancers send the next one when they have the answer. */
const waitingMax = 32;

type Handle = (request: IncomingMessage, response: ServerResponse) => void;
/** Internal to Node: the response that is being sent on a connection. */
type HttpSocket = Socket & { _httpMessage?: ServerResponse | null };

/**
 * One request of a connection at a time: the next one begins when the previous answer has been handed to the network. So a connection
 * costs one answer, however many requests it holds and however little its client reads. A connection with more than `waitingMax` waiting requests is closed. Call this
 * after all request listeners have been added. A request that is alone on its connection, as nearly all are, costs a comparison.
 */
export function answerInTurn(server: Server): void {
  const handlers = server.listeners('request') as Handle[];
  const handle: Handle = (request, response) => {
    for (const each of handlers) each.call(server, request, response);
  };
  const waiting = new WeakMap<Socket, [IncomingMessage, ServerResponse][]>();

  const next = (socket: HttpSocket): void => {
    const queue = waiting.get(socket);
    const first = queue?.shift();
    if (queue === undefined || first === undefined || socket.destroyed) return void waiting.delete(socket);
    first[1].once('close', () => next(socket));
    handle(...first);
  };

  server.removeAllListeners('request');
  server.on('request', (request, response) => {
    // If no other response is using the connection, this one already has it.
    if (response.socket !== null) return handle(request, response);
    const socket: HttpSocket = request.socket;
    if (socket.destroyed) return;
    const queue = waiting.get(socket);
    if (queue === undefined) {
      waiting.set(socket, [[request, response]]);
      socket._httpMessage?.once('close', () => next(socket));
    } else if (queue.push([request, response]) > waitingMax) {
      waiting.delete(socket);
      socket.destroy();
    }
  });
}
