import type { StoredOrder } from '../sale/order.ts';
import type { Clock } from '../sale/ports.ts';
import { backoffMs } from '../shared/retry.ts';
import type { Mail, MailOutcome } from './mailer.ts';

/** One mail about one order; `id` is the order's id and the kind, so there is one of each. */
export interface OrderMail {
  id: string;
  orderId: string;
  kind: 'confirmed' | 'cancelled';
  customerId: string;
  /** Attempts that have been begun. */
  attempts: number;
  /** ms since 1970 */
  plannedAt: number;
}

export interface MailedOrder {
  id: string;
  customerId: string;
}

export interface OrderMailStore {
  /**
   * Records that these mails are to be sent, to those customers whose address is known. Recording the same again changes nothing. Resolves with
   * those that this call has recorded; the others become due at `dueAt`.
   */
  plan(
    orders: readonly MailedOrder[],
    kind: OrderMail['kind'],
    times: { now: number; dueAt: number },
  ): Promise<OrderMail[]>;
  due(now: number, limit: number): Promise<OrderMail[]>;
  /** False: another node makes this attempt. Until `leaseUntil` no node makes another. */
  begin(mail: OrderMail, now: number, leaseUntil: number): Promise<boolean>;
  /** `dropped`: there is nothing to say any more. */
  ended(mail: OrderMail, state: 'sent' | 'dropped' | 'failed'): Promise<void>;
  /** After a failed attempt. */
  again(mail: OrderMail, dueAt: number): Promise<void>;
  /** How many are still to be sent. */
  waiting(): Promise<number>;
  /** Deletes attempts that were begun before this time. */
  forgetAttempts(before: number): Promise<void>;
}

export interface OrderMailContent {
  order: StoredOrder;
  to: string;
  language: string;
  /** Null: the sale cannot be read. */
  product: string | null;
  variant: string | null;
}

/** How an attempt ended. `retried`: it is made again later; `dropped`: there was nothing to say any more; `failed`: given up. */
export type OrderMailOutcome = 'sent' | 'retried' | 'dropped' | 'failed';

interface Dependencies {
  store: OrderMailStore;
  clock: Clock;
  /** Null: there is no such order or address any more. */
  contentOf(mail: OrderMail): Promise<OrderMailContent | null>;
  write(content: OrderMailContent, kind: OrderMail['kind']): Mail;
  send(mail: Mail): Promise<MailOutcome>;
  onAttempt: (outcome: OrderMailOutcome) => void;
  onError: (error: unknown) => void;
}

/** The node that records a mail sends it at once. If it does not, because it died or has too many, any node may after this long. */
export const graceMs = 30_000;
/** Looks are rare, because the database may have to scan all mails for each. */
const lookEveryMs = 10_000;
const dueMax = 200;
const waitingMax = 1_000;
const atOnceMax = 5;
const backoff = { msMin: 30_000, msMax: 3_600_000 };
const triedMs = 172_800_000;
/** A node that has begun an attempt and died is given up after this long. */
const leaseMs = 120_000;
/** A node that has read a mail as due before this long does not try it any more. */
const attemptsKeptMs = 3_600_000;
const forgetEveryMs = 600_000;

/** Sends the mails that are recorded in MongoDB. Each attempt is made by the one node whose insert succeeds. */
export class OrderMails {
  readonly #deps: Dependencies;
  readonly #waiting = new Map<string, OrderMail>();
  readonly #sending = new Set<Promise<void>>();
  #timers: NodeJS.Timeout[] = [];
  #looking: Promise<void> | null = null;
  /** More may be due than the last look has read. */
  #more = false;
  /** Attempts since then. */
  #begun = 0;
  #stopped = false;

  constructor(deps: Dependencies) {
    this.#deps = deps;
  }

  start(): void {
    const { store, clock, onError } = this.#deps;
    const forget = () => void store.forgetAttempts(clock.now() - attemptsKeptMs).catch(onError);
    // Spread at random, so that the nodes do not all look at once.
    const spread = 0.75 + Math.random() / 2;
    this.#timers = [
      setInterval(() => this.look(), lookEveryMs * spread),
      setInterval(forget, forgetEveryMs * spread),
    ];
  }

  /** Sends mails that were just recorded. Those that find no room are due later. */
  add(mails: readonly OrderMail[]): void {
    if (this.#stopped) return;
    for (const mail of mails) {
      if (this.#waiting.size >= waitingMax) break;
      this.#waiting.set(mail.id, mail);
    }
    this.#next();
  }

  /** Sends what is due: failed attempts, and what other nodes have left. */
  look(): void {
    if (this.#stopped || this.#waiting.size > 0) return;
    this.#looking ??= this.#addDue()
      .catch(this.#deps.onError)
      .finally(() => {
        this.#looking = null;
      });
  }

  /** Resolves after the mails that are being sent; those that wait stay in MongoDB. */
  async stop(): Promise<void> {
    this.#stopped = true;
    for (const timer of this.#timers) clearInterval(timer);
    this.#waiting.clear();
    await this.#looking;
    await Promise.all(this.#sending);
  }

  async #addDue(): Promise<void> {
    const { store, clock } = this.#deps;
    const due = await store.due(clock.now(), dueMax);
    this.#more = due.length === dueMax;
    this.#begun = 0;
    this.add(shuffled(due));
  }

  #next(): void {
    while (this.#sending.size < atOnceMax) {
      const [mail] = this.#waiting.values();
      if (mail === undefined) break;
      this.#waiting.delete(mail.id);
      const sending = this.#attempt(mail)
        .catch(this.#deps.onError)
        .finally(() => {
          this.#sending.delete(sending);
          this.#next();
          // Not if none could be begun: then other nodes are at work, or MongoDB is not.
          if (this.#sending.size === 0 && this.#more && this.#begun > 0) this.look();
        });
      this.#sending.add(sending);
    }
  }

  async #attempt(mail: OrderMail): Promise<void> {
    const { store, clock, onAttempt, onError } = this.#deps;
    const now = clock.now();
    if (!(await store.begin(mail, now, now + leaseMs))) return;
    this.#begun++;
    const outcome = await this.#send(mail);
    if (outcome === 'sent' || outcome === 'dropped') {
      onAttempt(outcome);
      return store.ended(mail, outcome);
    }
    if (outcome === 'unavailable' && now < mail.plannedAt + triedMs) {
      onAttempt('retried');
      return store.again(mail, clock.now() + backoffMs(backoff, mail.attempts));
    }
    onAttempt('failed');
    await store.ended(mail, 'failed');
    onError(new Error(`the mail "${mail.kind}" about order ${mail.orderId} was given up: ${outcome}`));
  }

  async #send(mail: OrderMail): Promise<MailOutcome | 'dropped'> {
    const { contentOf, write, send, onError } = this.#deps;
    try {
      const content = await contentOf(mail);
      if (content === null || isOutdated(mail, content.order)) return 'dropped';
      return await send(write(content, mail.kind));
    } catch (error) {
      onError(error);
      return 'unavailable';
    }
  }
}

/** A mail that was late must not say that an order is confirmed which its customer knows to be cancelled. */
function isOutdated({ kind }: OrderMail, { status }: StoredOrder): boolean {
  return kind === 'confirmed' && status === 'cancelled';
}

/** In another order on each node, so that the nodes seldom try the same one. */
function shuffled<T>(items: readonly T[]): T[] {
  return items
    .map((item) => ({ item, at: Math.random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ item }) => item);
}
