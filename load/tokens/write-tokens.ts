import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

/** Writes the pieces to a file that only its owner may read, as a token is as good as its customer; or to standard output. */
export async function writeTokens(lines: AsyncGenerator<string>, out: string | undefined): Promise<void> {
  if (out === undefined) {
    await pipeline(Readable.from(lines), process.stdout, { end: false });
    return;
  }
  await pipeline(Readable.from(lines), createWriteStream(out, { mode: 0o600 }));
}
