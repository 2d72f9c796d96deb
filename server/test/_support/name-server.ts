import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';

export interface NameServer extends AsyncDisposable {
  /** `HOST:PORT` */
  address: string;
  /** What every name resolves to, from now on. */
  addresses: Set<string>;
}

const typeA = 1;
const ttlS = 0;

/** A name server as a container engine or a cluster has one: whatever is asked for is found at these addresses. */
export async function openNameServer(): Promise<NameServer> {
  const addresses = new Set<string>();
  const socket = createSocket('udp4');
  socket.on('message', (query, from) => socket.send(answerTo(query, addresses), from.port, from.address));
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  return {
    address: `127.0.0.1:${(socket.address() as AddressInfo).port}`,
    addresses,
    async [Symbol.asyncDispose]() {
      socket.close();
      await once(socket, 'close');
    },
  };
}

/** RFC 1035, section 4: head, the question as it came, and an answer for each address. */
function answerTo(query: Buffer, addresses: ReadonlySet<string>): Buffer {
  let end = 12;
  while ((query[end] as number) !== 0) end += 1 + (query[end] as number);
  const question = query.subarray(12, end + 5);
  const isA = query.readUInt16BE(end + 1) === typeA;
  const answers = isA ? [...addresses].map(recordOf) : [];
  const head = Buffer.alloc(12);
  query.copy(head, 0, 0, 2);
  head.writeUInt16BE(0x8180, 2);
  head.writeUInt16BE(1, 4);
  head.writeUInt16BE(answers.length, 6);
  return Buffer.concat([head, question, ...answers]);
}

function recordOf(address: string): Buffer {
  const record = Buffer.alloc(16);
  // The name: that of the question.
  record.writeUInt16BE(0xc00c, 0);
  record.writeUInt16BE(typeA, 2);
  record.writeUInt16BE(1, 4);
  record.writeUInt32BE(ttlS, 6);
  record.writeUInt16BE(4, 10);
  record.set(address.split('.').map(Number), 12);
  return record;
}
