import { Program } from '../environment/program.ts';
import type { HttpPressPlan } from './press-http.ts';
import type { PressPlan } from './press-sockets.ts';
import type { Pressed } from './presses.ts';
import type { ConnectPlan } from './sockets.ts';
import type { WorkerTasks } from './worker.ts';

const worker = new URL('./worker.ts', import.meta.url);
const socketsPerAddressMax = 14_000;

/** The clients of one target, in separate processes. */
export class Clients implements AsyncDisposable {
  readonly processes: readonly Program<WorkerTasks>[];

  private constructor(processes: readonly Program<WorkerTasks>[]) {
    this.processes = processes;
  }

  static async start(count = 2): Promise<Clients> {
    const processes = await Promise.all(
      Array.from({ length: count }, () => Program.start<WorkerTasks>(worker)),
    );
    return new Clients(processes);
  }

  /** `plan.count` sockets over all processes; rejects unless every one of them has joined. */
  async connect(plan: ConnectPlan): Promise<{ wallMs: number }> {
    const parts = this.#parts(plan.count);
    const results = await Promise.all(
      this.processes.map((process, i) =>
        process.call('connect', {
          ...plan,
          count: parts[i] ?? 0,
          inFlight: Math.ceil(plan.inFlight / this.processes.length),
          ...(plan.customers && {
            customers: { ...plan.customers, prefix: `${plan.customers.prefix}-${i}` },
          }),
          ...(plan.count > socketsPerAddressMax && { localAddress: `127.0.0.${i + 1}` }),
        }),
      ),
    );
    const connected = results.reduce((sum, result) => sum + result.connected, 0);
    if (connected < plan.count)
      throw new Error(
        `only ${connected} of ${plan.count} connected: ${JSON.stringify(results.map((r) => r.failures))}`,
      );
    return { wallMs: Math.max(...results.map((result) => result.wallMs)) };
  }

  /** All sockets press, `plan.each` times. */
  async press(plan: PressPlan): Promise<Pressed> {
    const press = (process: Program<WorkerTasks>, i: number) =>
      process.call('press', { ...plan, round: `${plan.round}-${i}` });
    return merged(await Promise.all(this.processes.map(press)));
  }

  async pressHttp(plan: HttpPressPlan): Promise<Pressed> {
    const parts = this.#parts(plan.count);
    return merged(
      await Promise.all(
        this.processes.map((process, i) =>
          process.call('pressHttp', {
            ...plan,
            count: parts[i] ?? 0,
            lanes: Math.ceil(plan.lanes / this.processes.length),
            customers: { ...plan.customers, prefix: `${plan.customers.prefix}-${i}` },
          }),
        ),
      ),
    );
  }

  async watchStock(track = false): Promise<void> {
    await Promise.all(this.processes.map((process) => process.call('watchStock', track)));
  }

  /** Messages that all sockets have got since `watchStock`. */
  async messages(): Promise<number> {
    const seen = await Promise.all(this.processes.map((process) => process.call('stockSeen', undefined)));
    return seen.reduce((sum, { messages }) => sum + messages, 0);
  }

  /** For each `seq`: when its count had reached every socket of every process; only those that did. */
  async reachedAllAtNs(): Promise<Map<number, bigint>> {
    const seen = await Promise.all(this.processes.map((process) => process.call('stockSeen', undefined)));
    const reached = new Map<number, { processes: number; atNs: bigint }>();
    for (const { seqs, sockets } of seen) {
      for (const { seq, times, lastAtNs } of seqs) {
        if (times < sockets) continue;
        const { processes, atNs } = reached.get(seq) ?? { processes: 0, atNs: 0n };
        const ns = BigInt(lastAtNs);
        reached.set(seq, { processes: processes + 1, atNs: ns > atNs ? ns : atNs });
      }
    }
    const all = [...reached].filter(([, { processes }]) => processes === seen.length);
    return new Map(all.map(([seq, { atNs }]) => [seq, atNs]));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all(this.processes.map((process) => process.end()));
  }

  #parts(count: number): number[] {
    const { length } = this.processes;
    return Array.from(
      { length },
      (_, i) => Math.floor((count * (i + 1)) / length) - Math.floor((count * i) / length),
    );
  }
}

function merged(parts: readonly Pressed[]): Pressed {
  const codes: Record<string, number> = {};
  for (const part of parts)
    for (const [code, count] of Object.entries(part.codes)) codes[code] = (codes[code] ?? 0) + count;
  return {
    codes,
    latenciesMs: parts.flatMap((part) => part.latenciesMs),
    wallMs: Math.max(...parts.map((part) => part.wallMs)),
  };
}
