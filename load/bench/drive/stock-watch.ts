import { createStockReader } from '../../crowd/stock-reader.ts';

/** Counts that reached the sockets of this process. */
let messages = 0;
const seenOf = new Map<number, { sockets: number; lastAtNs: bigint }>();
const seqsKeptMax = 10_000;
let tracked = false;
const read = createStockReader();

export function stockSeen(text: string): void {
  messages++;
  if (!tracked) return;
  const seq = read(text)?.seq;
  if (seq === undefined) return;
  const seen = seenOf.get(seq);
  // The monotonic clock is the same in all processes of this machine.
  if (seen !== undefined) {
    seen.sockets++;
    seen.lastAtNs = process.hrtime.bigint();
  } else if (seenOf.size < seqsKeptMax) seenOf.set(seq, { sockets: 1, lastAtNs: process.hrtime.bigint() });
}

/** From here on; `track`: also when each count reached the last socket. */
export function watchStock(track: boolean): void {
  messages = 0;
  tracked = track;
  seenOf.clear();
}

export interface StockSeen {
  messages: number;
  /** For each `seq`: sockets that it has reached, and when the last of them, in ns of the monotonic clock. */
  seqs: { seq: number; sockets: number; lastAtNs: string }[];
}

export function readStockWatch(): StockSeen {
  const seqs = [...seenOf].map(([seq, { sockets, lastAtNs }]) => ({
    seq,
    sockets,
    lastAtNs: String(lastAtNs),
  }));
  return { messages, seqs };
}
