import { nodeMessage } from '../shared/node-message.ts';

/** A node that was not heard of for this long is gone, and its sockets with it. */
const heardMsMax = 3_500;
const everyMs = 1_000;
/** Sending the number to all sockets takes no more of the event loop than this: with very many sockets, it is sent less often. */
const shareMax = 1 / 20;
/** More senders than any deployment has nodes are a mistake; they are not counted. */
const nodesMax = 1_000;

interface Dependencies {
  nodeId: string;
  publish: (message: string) => Promise<unknown>;
  broadcast: (connected: number) => void;
  onError: (error: unknown) => void;
}

/** How many sockets there are on all nodes. Each node publishes its own number once a second; no node asks the others. */
export class Presence implements Disposable {
  readonly #deps: Dependencies;
  readonly #others = new Map<string, { connected: number; heardAt: number }>();
  #own = 0;
  #connects = 0;
  #reconnects = 0;
  #shown = -1;
  #tellAt = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(deps: Dependencies) {
    this.#deps = deps;
  }

  start(): void {
    this.#timer = setInterval(() => this.#beat(), everyMs);
    this.#timer.unref();
  }

  /** `again`: the client says that it was connected before. */
  entered(again: boolean): void {
    this.#own++;
    this.#connects++;
    if (again) this.#reconnects++;
  }

  left(): void {
    this.#own--;
  }

  get own(): number {
    return this.#own;
  }

  /** Counted since this node started. */
  get connects(): number {
    return this.#connects;
  }

  get reconnects(): number {
    return this.#reconnects;
  }

  get connected(): number {
    let sum = this.#own;
    for (const other of this.#others.values()) sum += other.connected;
    return sum;
  }

  heard(message: string): void {
    const match = /^(\S{1,100}) (\d{1,9})$/.exec(message);
    if (match === null) return;
    const [, nodeId, connected] = match as unknown as [string, string, string];
    if (nodeId === this.#deps.nodeId || (this.#others.size >= nodesMax && !this.#others.has(nodeId))) return;
    this.#others.set(nodeId, { connected: Number(connected), heardAt: performance.now() });
  }

  #beat(): void {
    const now = performance.now();
    for (const [nodeId, other] of this.#others) {
      if (now - other.heardAt > heardMsMax) this.#others.delete(nodeId);
    }
    this.#deps.publish(nodeMessage(`${this.#deps.nodeId} ${this.#own}`)).catch(this.#deps.onError);
    if (this.connected === this.#shown || now < this.#tellAt) return;
    this.#shown = this.connected;
    this.#deps.broadcast(this.#shown);
    this.#tellAt = now + (performance.now() - now) / shareMax - everyMs / 2;
  }

  [Symbol.dispose](): void {
    clearInterval(this.#timer);
  }
}
