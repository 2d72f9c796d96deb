import { vi } from 'vitest';
import type { Turn } from './fake-ledger.ts';
import type { Random } from './random.ts';

/*
 * Processes that take turns at the stores, in an order that the test chooses: what each does between two calls of a store happens at once.
 * Timers are the test's: time passes only when there is no other work.
 */

/** More than anything takes. */
const stepsMax = 2_000;

const realImmediate = setImmediate;

/** Until all that follows from the last turn has happened. */
const quiet = () => new Promise<void>((resolve) => realImmediate(resolve));

/** Picks who is next, of those who wait. */
export type Choose = (waiting: readonly string[]) => string;

/** What can happen to a call of a store, as behind the database proxy. */
export const callFaults = ['command lost', 'answer lost', 'twice'] as const;
export interface CallFault {
  name: string;
  /** Which of that process's calls, from 0. */
  at: number;
  kind: (typeof callFaults)[number];
}

export class Turns {
  readonly #waiting = new Map<string, { call: string; act: () => void }[]>();
  /** Who did what, for the message of a failure. */
  readonly log: string[] = [];
  /** No work waits for a turn. */
  free = true;
  fault: CallFault | null = null;
  /** Called after each turn. */
  onTurn: () => void = () => undefined;
  readonly #counts = new Map<string, number>();

  of(name: string): Turn {
    return (call, act) =>
      new Promise((resolve, reject) => {
        if (this.free) {
          resolve(act());
          return;
        }
        const own = this.#waiting.get(name) ?? [];
        this.#waiting.set(name, own);
        own.push({
          call,
          act: () => {
            try {
              resolve(this.#carryOut(name, act));
            } catch (error) {
              reject(error);
            }
          },
        });
      });
  }

  #carryOut<T>(name: string, act: () => T): T {
    const count = this.#counts.get(name) ?? 0;
    this.#counts.set(name, count + 1);
    const kind = this.fault?.name === name && this.fault.at === count ? this.fault.kind : null;
    if (kind === 'command lost') throw new Error(kind);
    if (kind === 'twice') act();
    const answer = act();
    if (kind === 'answer lost') throw new Error(kind);
    return answer;
  }

  /** Runs until the work is done and none waits for a turn. */
  async run(work: Promise<unknown>, choose: Choose = ([first]) => first as string): Promise<void> {
    let done = false;
    void work
      .catch(() => undefined)
      .finally(() => {
        done = true;
      });
    for (let step = 0; ; step++) {
      if (step > stepsMax) throw new Error(`no end after ${this.log.slice(-40).join(', ')}`);
      await quiet();
      const names = [...this.#waiting.keys()].filter((name) => this.#waiting.get(name)?.length);
      if (names.length > 0) {
        const name = choose(names);
        const next = this.#waiting.get(name)?.shift();
        this.log.push(`${name} ${next?.call}`);
        next?.act();
        this.onTurn();
      } else if (done) {
        return;
      } else if (vi.getTimerCount() > 0) {
        await vi.advanceTimersToNextTimerAsync();
      } else {
        throw new Error(`nothing goes on after ${this.log.slice(-20).join(', ')}`);
      }
    }
  }

  /** Lets so much time pass, and whatever happens in it. */
  async pass(ms: number): Promise<void> {
    for (let passed = 0; passed < ms; passed += 250) {
      await vi.advanceTimersByTimeAsync(250);
      await this.run(Promise.resolve());
    }
  }
}

interface Meeting {
  name: string;
  choose: Choose;
}

/**
 * The ways for two to take turns in which the one who begins is interrupted once and comes back once: `first` for `before` turns, then the
 * other for `between`, then the first to its end, then the other. Most faults of two who meet need no more. Of all of them `max`, chosen by
 * chance.
 */
export function meetings(turns: Readonly<Record<string, number>>, max: number, random: Random): Meeting[] {
  const [one, two] = Object.keys(turns) as [string, string];
  const all = [one, two].flatMap((first) => {
    const other = first === one ? two : one;
    return Array.from({ length: turns[first] as number }, (_, before) =>
      Array.from({ length: turns[other] as number }, (__, between) =>
        meeting(first, before, other, between + 1),
      ),
    ).flat();
  });
  return random.some([...all, meeting(one, 10_000, two, 1), meeting(two, 10_000, one, 1)], max);
}

function meeting(first: string, before: number, other: string, between: number): Meeting {
  const name = `${first} for ${before} turns, ${other} for ${between}, then ${first}`;
  let taken = 0;
  return {
    name,
    choose: (waiting) => {
      const wanted = taken < before || taken >= before + between ? first : other;
      taken++;
      if (waiting.includes(wanted)) return wanted;
      // It has ended earlier than when it was alone.
      if (wanted === first && taken <= before) taken = before;
      return waiting[0] as string;
    },
  };
}
