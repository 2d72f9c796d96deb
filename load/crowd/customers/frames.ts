/*
 * Engine.IO 4 / Socket.IO 5 text frames of the default namespace, by hand: a socket.io-client for each of many thousand
 * shoppers would cost more than the server that they are to measure.
 */

export type Frame =
  | { kind: 'open'; pingIntervalMs: number; pingTimeoutMs: number }
  | { kind: 'ping' }
  | { kind: 'connected' }
  | { kind: 'refused'; code: string; message: string }
  | { kind: 'event'; name: string; payload: unknown }
  | { kind: 'ack'; id: number; payload: unknown }
  | { kind: 'closed' }
  | { kind: 'malformed'; text: string };

export const pong = '3';

/** The first frame of a client; without a token the socket is a spectator. */
export function encodeConnect(token?: string): string {
  return token === undefined ? '40' : `40${JSON.stringify({ token })}`;
}

export function encodeEmit(id: number, event: string, payload?: unknown): string {
  return `42${id}${JSON.stringify(payload === undefined ? [event] : [event, payload])}`;
}

export function decodeFrame(text: string): Frame {
  try {
    return decode(text) ?? { kind: 'malformed', text };
  } catch {
    return { kind: 'malformed', text };
  }
}

function decode(text: string): Frame | undefined {
  switch (text[0]) {
    case '0': {
      const open = JSON.parse(text.slice(1)) as { pingInterval?: unknown; pingTimeout?: unknown };
      if (typeof open.pingInterval !== 'number' || typeof open.pingTimeout !== 'number') return undefined;
      return { kind: 'open', pingIntervalMs: open.pingInterval, pingTimeoutMs: open.pingTimeout };
    }
    case '1':
      return { kind: 'closed' };
    case '2':
      return { kind: 'ping' };
    case '4':
      return decodePacket(text);
    default:
      return undefined;
  }
}

function decodePacket(text: string): Frame | undefined {
  switch (text[1]) {
    case '0':
      return { kind: 'connected' };
    case '1':
      return { kind: 'closed' };
    case '2': {
      const content: unknown = JSON.parse(text.slice(text.indexOf('[')));
      if (!Array.isArray(content) || typeof content[0] !== 'string') return undefined;
      return { kind: 'event', name: content[0], payload: content[1] };
    }
    case '3': {
      const bracket = text.indexOf('[');
      const id = bracket > 2 ? Number(text.slice(2, bracket)) : Number.NaN;
      const content: unknown = JSON.parse(text.slice(bracket));
      if (!Number.isSafeInteger(id) || !Array.isArray(content)) return undefined;
      return { kind: 'ack', id, payload: content[0] };
    }
    case '4': {
      const refusal = JSON.parse(text.slice(2)) as { message?: unknown; data?: { code?: unknown } };
      return {
        kind: 'refused',
        code: String(refusal.data?.code ?? 'unknown'),
        message: String(refusal.message ?? ''),
      };
    }
    default:
      return undefined;
  }
}
