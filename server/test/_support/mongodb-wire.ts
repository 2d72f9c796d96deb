import mongoose from 'mongoose';

/** MongoDB's wire protocol as far as the proxy needs it: where a message ends, which command it is, and which one it answers. */

const { BSON } = mongoose.mongo;
const headerBytes = 16;
const opMsg = 2013;
const messageBytesMax = 64 * 1024 * 1024;

export interface Command {
  /** Its first field: `insert`, `find`, `update` … */
  name: string;
  /** Null for a command that names none, such as `hello`. */
  collection: string | null;
  /** As the driver sent it; the documents of an `insert` are in `documents`, wherever they were in the message. */
  body: Record<string, unknown>;
}

export const requestIdOf = (message: Buffer): number => message.readInt32LE(4);
export const responseToOf = (message: Buffer): number => message.readInt32LE(8);

/** Puts together what arrives in pieces. */
export class Messages {
  #rest: Buffer = Buffer.alloc(0);

  /** All that are whole by now. */
  add(chunk: Buffer): Buffer[] {
    this.#rest = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk]);
    const whole: Buffer[] = [];
    while (this.#rest.length >= headerBytes) {
      const length = this.#rest.readInt32LE(0);
      if (length < headerBytes || length > messageBytesMax) throw new Error(`a message of ${length} bytes`);
      if (this.#rest.length < length) break;
      whole.push(this.#rest.subarray(0, length));
      this.#rest = this.#rest.subarray(length);
    }
    return whole;
  }
}

/** Null for anything but an OP_MSG: a driver's first message is of an older kind. */
export function commandOf(message: Buffer): Command | null {
  if (message.readInt32LE(12) !== opMsg) return null;
  const flags = message.readUInt32LE(headerBytes);
  const end = message.length - ((flags & 1) === 1 ? 4 : 0);
  const body: Record<string, unknown> = {};
  for (let at = headerBytes + 4; at < end; ) {
    const kind = message[at++];
    const size = message.readInt32LE(at);
    const section = message.subarray(at, at + size);
    Object.assign(body, kind === 0 ? BSON.deserialize(section) : sequence(section));
    at += size;
  }
  // The section with the command itself comes first or last, and its first field is the command's name.
  const name = Object.keys(body).find((field) => !sequences.has(field)) ?? '';
  const target = name === 'getMore' ? body.collection : body[name];
  return { name, collection: typeof target === 'string' ? target : null, body };
}

const sequences = new Set(['documents', 'updates', 'deletes']);

/** A section of documents: its size, what it is called, one document after the other. */
function sequence(section: Buffer): Record<string, unknown> {
  const nameEnd = section.indexOf(0, 4);
  const documents: unknown[] = [];
  for (let at = nameEnd + 1; at < section.length; ) {
    const size = section.readInt32LE(at);
    documents.push(BSON.deserialize(section.subarray(at, at + size)));
    at += size;
  }
  return { [section.toString('utf8', 4, nameEnd)]: documents };
}

/** An answer that the server never gave. */
export function answerTo(command: Buffer, body: Record<string, unknown>): Buffer {
  const document = Buffer.from(BSON.serialize(body));
  const answer = Buffer.alloc(headerBytes + 5 + document.length);
  answer.writeInt32LE(answer.length, 0);
  answer.writeInt32LE(1, 4);
  answer.writeInt32LE(requestIdOf(command), 8);
  answer.writeInt32LE(opMsg, 12);
  document.copy(answer, headerBytes + 5);
  return answer;
}
