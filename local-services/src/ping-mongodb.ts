import { exchange } from './exchange.ts';

const OP_MSG = 2013;
const HEADER_BYTES = 16;
const OK = Buffer.concat([Buffer.from('\x01ok\0'), float64(1)]);

/** Whether a server there answers `hello` in the MongoDB wire protocol now. */
export async function pingMongodb(port: number, timeoutMs = 1_000): Promise<boolean> {
  const complete = (answer: Buffer) =>
    answer.length >= HEADER_BYTES && answer.length >= answer.readInt32LE(0);
  const answer = await exchange(port, helloMessage(), complete, timeoutMs);
  return answer?.includes(OK) ?? false;
}

/** An OP_MSG with the document `{ hello: 1, $db: 'admin' }`. */
function helloMessage(): Buffer {
  const fields = Buffer.concat([
    Buffer.from('\x10hello\0'),
    int32(1),
    Buffer.from('\x02$db\0'),
    int32(6),
    Buffer.from('admin\0\0'),
  ]);
  const document = Buffer.concat([int32(fields.length + 4), fields]);
  const body = Buffer.concat([int32(0), Buffer.from([0]), document]);
  return Buffer.concat([int32(HEADER_BYTES + body.length), int32(1), int32(0), int32(OP_MSG), body]);
}

function int32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32LE(value);
  return bytes;
}

function float64(value: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeDoubleLE(value);
  return bytes;
}
