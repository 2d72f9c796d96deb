import { type RawConnection, rawConnection, statusesOf } from './raw-connection.ts';

export const opcodes = { continuation: 0, text: 1, binary: 2, close: 8, ping: 9, pong: 10 } as const;

export interface FrameOptions {
  final?: boolean;
  opcode?: number;
  masked?: boolean;
  /** What the head says, whatever follows. */
  announcedBytes?: number;
  reserved?: number;
}

/** One frame as a client sends it (RFC 6455, 5.2), or as it should not. The mask is zeros, which leave the bytes as they are. */
export function frame(payload: string | Buffer, options: FrameOptions = {}): Buffer {
  const { final = true, opcode = opcodes.text, masked = true, reserved = 0 } = options;
  const bytes = Buffer.from(payload as string);
  const length = options.announcedBytes ?? bytes.length;
  const extended = length < 126 ? 0 : length < 65_536 ? 2 : 8;
  const head = Buffer.alloc(2 + extended + (masked ? 4 : 0));
  head[0] = (final ? 0x80 : 0) | reserved | opcode;
  head[1] = (masked ? 0x80 : 0) | (extended === 0 ? length : extended === 2 ? 126 : 127);
  if (extended === 2) head.writeUInt16BE(length, 2);
  if (extended === 8) head.writeBigUInt64BE(BigInt(length), 2);
  return Buffer.concat([head, bytes]);
}

export interface RawWebSocket extends RawConnection {
  send: (text: string) => void;
  /** Waits for a Socket.IO packet. */
  packet: (start: string) => Promise<string>;
}

interface Opening {
  query?: string;
  headers?: Record<string, string>;
  localAddress?: string;
}

/** The upgrade only; what was answered stands in `received`. */
export async function rawUpgrade(
  url: string,
  { query = 'EIO=4&transport=websocket', headers = {}, localAddress }: Opening = {},
): Promise<RawWebSocket> {
  const connection = await rawConnection(url, localAddress);
  const more = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  connection.write(
    `GET /socket.io/?${query} HTTP/1.1\r\nHost: ${new URL(url).host}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n` +
      `Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n${more.join('')}\r\n`,
  );
  return {
    ...connection,
    send: (text) => connection.write(frame(text)),
    packet: (start) => connection.until(start),
  };
}

/** A WebSocket that has been let in, and has joined the namespace unless `join` is false. */
export async function rawWebSocket(
  url: string,
  { token, auth, join = true, ...opening }: Opening & { token?: string; auth?: object; join?: boolean } = {},
): Promise<RawWebSocket> {
  const connection = await rawUpgrade(url, opening);
  await connection.until('0{"sid"');
  if (!join) return connection;
  const handshake = auth ?? (token === undefined ? {} : { token });
  connection.send(`40${JSON.stringify(handshake)}`);
  await connection.until(/40\{"sid"|44\{/);
  return connection;
}

/** The status that the upgrade gets. */
export async function upgradeStatus(url: string, opening: Opening = {}): Promise<number> {
  const connection = await rawUpgrade(url, opening);
  const received = await connection.until(/^HTTP\/1\.1 \d{3}/);
  connection.socket.destroy();
  return statusesOf(received)[0] ?? 0;
}
