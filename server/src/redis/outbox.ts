import type { Outbox, OutboxEntry, SaleEpoch } from '../sale/ledger-ports.ts';
import { parseOutboxFields } from './claim-codec.ts';
import type { RedisClient } from './connections.ts';
import { saleKeys, writerGroup } from './keys.ts';
import { transactionReplies } from './transaction.ts';

type RawEntry = [entryId: string, fields: string[] | null];
type RawStreams = [key: string, entries: RawEntry[]][] | null;

/** The outbox stream of an epoch. Acknowledged entries are deleted, never trimmed: trimming would drop what is not written yet. */
export class RedisOutbox implements Outbox {
  readonly #commands: RedisClient;
  readonly #blocking: RedisClient;
  readonly #consumer: string;

  constructor(commands: RedisClient, blocking: RedisClient, consumer: string) {
    this.#commands = commands;
    this.#blocking = blocking;
    this.#consumer = consumer;
  }

  async read(at: SaleEpoch, countMax: number, waitMs: number): Promise<OutboxEntry[]> {
    const { outbox } = saleKeys(at);
    const group = ['GROUP', writerGroup, this.#consumer] as const;
    const streams = (await this.#blocking.xreadgroup(
      ...group,
      'COUNT',
      countMax,
      'BLOCK',
      waitMs,
      'STREAMS',
      outbox,
      '>',
    )) as RawStreams;
    return (streams?.[0]?.[1] ?? []).map((raw) => toEntry(at, raw));
  }

  async claimStale(at: SaleEpoch, countMax: number, idleMs: number): Promise<OutboxEntry[]> {
    const { outbox } = saleKeys(at);
    const reply = (await this.#commands.xautoclaim(
      outbox,
      writerGroup,
      this.#consumer,
      idleMs,
      '0',
      'COUNT',
      countMax,
    )) as [string, RawEntry[]];
    return reply[1].filter((raw) => raw[1] !== null).map((raw) => toEntry(at, raw));
  }

  async readAll(at: SaleEpoch, countMax: number): Promise<OutboxEntry[]> {
    const entries = (await this.#commands.xrange(
      saleKeys(at).outbox,
      '-',
      '+',
      'COUNT',
      countMax,
    )) as RawEntry[];
    return entries.map((raw) => toEntry(at, raw));
  }

  async ack(at: SaleEpoch, entryIds: readonly string[]): Promise<void> {
    if (entryIds.length === 0) return;
    const { outbox } = saleKeys(at);
    // Deleted first: an entry that was acknowledged and not deleted would stay for good, while of one that was only deleted the next
    // `claimStale` clears the rest. Not in a transaction: a Redis whose memory is full begins none, and this is what makes room.
    const replies = await this.#commands
      .pipeline()
      .xdel(outbox, ...entryIds)
      .xack(outbox, writerGroup, ...entryIds)
      .exec();
    transactionReplies(replies);
  }

  async deadLetter(at: SaleEpoch, entry: OutboxEntry, reason: string): Promise<void> {
    const { deadLetters } = saleKeys(at);
    // Written before it leaves the outbox, so it is in at least one of the two at any moment; the id keeps it single.
    await this.#commands.hset(deadLetters, entry.entryId, JSON.stringify({ reason, fields: entry.raw }));
    await this.ack(at, [entry.entryId]);
  }

  async depth(at: SaleEpoch): Promise<{ waiting: number; deadLetters: number }> {
    const keys = saleKeys(at);
    const [waiting, deadLetters] = await Promise.all([
      this.#commands.xlen(keys.outbox),
      this.#commands.hlen(keys.deadLetters),
    ]);
    return { waiting, deadLetters };
  }

  async oldestAt(at: SaleEpoch): Promise<number | null> {
    const [oldest] = (await this.#commands.xrange(saleKeys(at).outbox, '-', '+', 'COUNT', 1)) as RawEntry[];
    // An entry's id begins with Redis's time.
    return oldest === undefined ? null : Number.parseInt(oldest[0], 10);
  }
}

function toEntry(at: SaleEpoch, [entryId, fields]: RawEntry): OutboxEntry {
  const raw = fields ?? [];
  return { entryId, claim: parseOutboxFields(at.saleId, raw), raw };
}
