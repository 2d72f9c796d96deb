import { constants, crc32, deflateRawSync } from 'node:zlib';

/** A piece of a text. If it is `kept`, it is compressed once for all answers. */
export interface Piece {
  text: string;
  kept: boolean;
}

interface Block {
  content: Buffer;
  block: Buffer;
}

const header = Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff]);
/** An empty last block. */
const end = Buffer.from([1, 0, 0, 0xff, 0xff]);
const storedBytesMax = 0xffff;

/**
 * One gzip file made of several pieces. A page is the same for all visitors except for a few bytes: the common parts are compressed once, and
 * the rest is stored uncompressed, so an answer costs a copy and a checksum.
 */
export class GzipPieces {
  readonly #kept = new Map<string, Block>();
  readonly #keptMax: number;

  constructor(keptMax: number) {
    this.#keptMax = keptMax;
  }

  join(pieces: readonly Piece[]): Buffer {
    const blocks: Buffer[] = [header];
    let sum = 0;
    let bytes = 0;
    for (const { text, kept } of pieces) {
      const { content, block } = kept ? this.#compressed(text) : stored(text);
      blocks.push(block);
      sum = crc32(content, sum);
      bytes += content.length;
    }
    const trailer = Buffer.alloc(8);
    trailer.writeUInt32LE(sum, 0);
    trailer.writeUInt32LE(bytes, 4);
    return Buffer.concat([...blocks, end, trailer]);
  }

  #compressed(text: string): Block {
    const known = this.#kept.get(text);
    if (known !== undefined) return known;
    const content = Buffer.from(text);
    // Ends on a whole byte, and refers to nothing before it: it fits behind any other piece.
    const made = { content, block: deflateRawSync(content, { finishFlush: constants.Z_FULL_FLUSH }) };
    if (this.#kept.size >= this.#keptMax) this.#kept.clear();
    this.#kept.set(text, made);
    return made;
  }
}

function stored(text: string): Block {
  const content = Buffer.from(text);
  const blocks: Buffer[] = [];
  for (let at = 0; at < content.length; at += storedBytesMax) {
    const part = content.subarray(at, at + storedBytesMax);
    const head = Buffer.alloc(5);
    head.writeUInt16LE(part.length, 1);
    head.writeUInt16LE(~part.length & storedBytesMax, 3);
    blocks.push(head, part);
  }
  return { content, block: Buffer.concat(blocks) };
}
