import { type NodeFigures, nodeFigures, nodesInFiguresMax } from '@flipzon/protocol/operator.ts';

/** A node that has sent nothing for this long is left out. */
const heardMsMax = 5_000;
/** If several nodes ask, this one answers all of them at once, at most this often. */
const tellEveryMsMin = 400;

interface Dependencies {
  own: { read(): NodeFigures; start(): void; stop(): void };
  nodeId: string;
  publish: (message: string) => Promise<unknown>;
  onError: (error: unknown) => void;
}

/**
 * Every node's figures, for operators who watch. A node with a watcher asks once a second, and all nodes answer; without a watcher nothing
 * is asked, gathered or sent.
 */
export class FiguresExchange implements Disposable {
  readonly #deps: Dependencies;
  readonly #others = new Map<string, { figures: NodeFigures; heardAt: number }>();
  #asking = false;
  #toldAt = Number.NEGATIVE_INFINITY;
  #quiet: NodeJS.Timeout | undefined;

  constructor(deps: Dependencies) {
    this.#deps = deps;
  }

  /** Asks the others, whose answers are in the next result, and returns what is known now, by the nodes' names. */
  ask(): NodeFigures[] {
    const { nodeId, publish, own, onError } = this.#deps;
    this.#asking = true;
    this.#measure();
    publish(`ask ${nodeId}`).catch(onError);
    const now = performance.now();
    for (const [node, { heardAt }] of this.#others) {
      if (now - heardAt > heardMsMax) this.#others.delete(node);
    }
    return [own.read(), ...[...this.#others.values()].map(({ figures }) => figures)].sort((a, b) =>
      a.node < b.node ? -1 : 1,
    );
  }

  /** No operator watches at this node any more. */
  rest(): void {
    this.#asking = false;
    this.#others.clear();
  }

  heard(message: string): void {
    if (message.startsWith('ask ')) this.#tell(message.slice(4));
    else if (this.#asking && message.startsWith('tell ')) this.#take(message.slice(5));
  }

  #tell(asker: string): void {
    const { nodeId, publish, own, onError } = this.#deps;
    const now = performance.now();
    if (asker === nodeId || now - this.#toldAt < tellEveryMsMin) return;
    this.#toldAt = now;
    this.#measure();
    publish(`tell ${JSON.stringify(own.read())}`).catch(onError);
  }

  #take(text: string): void {
    const figures = parsed(text);
    if (figures === null || figures.node === this.#deps.nodeId) return;
    if (this.#others.size >= nodesInFiguresMax - 1 && !this.#others.has(figures.node)) return;
    this.#others.set(figures.node, { figures, heardAt: performance.now() });
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
function parsed(text: string): NodeFigures | null {
  try {
    return nodeFigures.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}
