/** How a private service ended; `expected` when we asked for it. */
export type ServiceExit = {
  code: number | null;
  signal: NodeJS.Signals | null;
  /** The end of its log, when it ended by itself. */
  said: string | null;
  expected: boolean;
};

/** A Redis or MongoDB that this process runs for itself, with its files in a data directory. */
export type PrivateService = AsyncDisposable & {
  url: string;
  port: number;
  pid: number;
  /** What runs, in words for a person: `redis-server`, `mongod`, `FerretDB`. */
  kind: string;
  version: string;
  /** Calls back once when the process has ended, also when it already has; returns its own unsubscribe. */
  onExit(callback: (exit: ServiceExit) => void): () => void;
};

/** A service cannot be had here; the message is one line that says what to do. */
export class ServiceUnavailableError extends Error {
  override name = 'ServiceUnavailableError';
}

/** One line for a person who waits: what a set-up step is doing now. */
export type Report = (line: string) => void;
