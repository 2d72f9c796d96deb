import { type NodeStatsEntry, nodeStatsEntry, nodesInStatsMax } from '@flipzon/protocol/operator.ts';

/** A node that has sent nothing for this long is left out. */
const heardMsMax = 5_000;
/** If several nodes ask, this one answers all of them at once, at most this often. */
const sendEveryMsMin = 400;

interface Dependencies {
  own: { read(): NodeStatsEntry; start(): void; stop(): void };
  nodeId: string;
  publish: (message: string) => Promise<unknown>;
  onError: (error: unknown) => void;
}

/**
 * Every node's stats, for operators who watch. A node with a watcher asks once a second, and all nodes answer; without a watcher nothing
 * is asked, gathered or sent.
 */
export class NodeStatsExchange implements Disposable {
  readonly #deps: Dependencies;
  readonly #others = new Map<string, { stats: NodeStatsEntry; heardAt: number }>();
  #asking = false;
  #sentAt = Number.NEGATIVE_INFINITY;
  #quiet: NodeJS.Timeout | undefined;

  constructor(deps: Dependencies) {
    this.#deps = deps;
  }

  /** Asks the others, whose answers are in the next result, and returns what is known now, by the nodes' names. */
  ask(): NodeStatsEntry[] {
    const { nodeId, publish, own, onError } = this.#deps;
    this.#asking = true;
    this.#measure();
    publish(`ask ${nodeId}`).catch(onError);
    const now = performance.now();
    for (const [node, { heardAt }] of this.#others) {
      if (now - heardAt > heardMsMax) this.#others.delete(node);
    }
    return [own.read(), ...[...this.#others.values()].map(({ stats }) => stats)].sort((a, b) =>
      a.node < b.node ? -1 : 1,
    );
  }

  /** No operator watches at this node any more. */
  rest(): void {
    this.#asking = false;
    this.#others.clear();
  }

  heard(message: string): void {
    if (message.startsWith('ask ')) this.#send(message.slice(4));
    else if (this.#asking && message.startsWith('tell ')) this.#take(message.slice(5));
  }

  #send(asker: string): void {
    const { nodeId, publish, own, onError } = this.#deps;
    const now = performance.now();
    if (asker === nodeId || now - this.#sentAt < sendEveryMsMin) return;
    this.#sentAt = now;
    this.#measure();
    publish(`tell ${JSON.stringify(own.read())}`).catch(onError);
  }

  #take(text: string): void {
    const stats = parsed(text);
    if (stats === null || stats.node === this.#deps.nodeId) return;
    if (this.#others.size >= nodesInStatsMax - 1 && !this.#others.has(stats.node)) return;
    this.#others.set(stats.node, { stats, heardAt: performance.now() });
  }

  #measure(): void {
    this.#deps.own.start();
    clearTimeout(this.#quiet);
    this.#quiet = setTimeout(() => this.#deps.own.stop(), heardMsMax).unref();
  }

  [Symbol.dispose](): void {
    clearTimeout(this.#quiet);
    this.#deps.own.stop();
  }
}

/** Null if the message is not figures, for example from a node of another version. */
function parsed(text: string): NodeStatsEntry | null {
  try {
    return nodeStatsEntry.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}
