import { createStockReader } from '../../crowd/customers/stock-reader.ts';

/** Counts that reached the sockets of this process. */
let messages = 0;
let expected: number | null = null;
const seenOf = new Map<number, { times: number; lastAtNs: bigint }>();
const seqsKeptMax = 10_000;
const read = createStockReader();

export function stockSeen(text: string): void {
  messages++;
  if (expected === null) return;
  const seq = read(text)?.seq;
  if (seq === undefined) return;
  const seen = seenOf.get(seq) ?? { times: 0, lastAtNs: 0n };
  seen.times++;
  // A count may be sent twice to be sure; what counts is when every socket had it. The clock is that of all processes here.
  if (seen.times <= expected) seen.lastAtNs = process.hrtime.bigint();
  if (seenOf.size < seqsKeptMax) seenOf.set(seq, seen);
}

/** From here on; with `sockets`, how many there are: also when each count had reached all of them. */
export function watchStock(sockets: number | null): void {
  messages = 0;
  expected = sockets;
  seenOf.clear();
}

export interface StockSeen {
  messages: number;
  /** For each `seq`: how often it came, and when it had come to the last socket, in ns of the monotonic clock. */
  seqs: { seq: number; times: number; lastAtNs: string }[];
}

export function readStockWatch(): StockSeen {
  const seqs = [...seenOf].map(([seq, { times, lastAtNs }]) => ({ seq, times, lastAtNs: String(lastAtNs) }));
  return { messages, seqs };
}
