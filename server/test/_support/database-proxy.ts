import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { answerTo, type Command, commandOf, Messages, requestIdOf, responseToOf } from './mongodb-wire.ts';

/** Which commands a fault is for. */
export interface Which {
  command: string | readonly string[];
  collection?: string;
  where?: (command: Command) => boolean;
}

/** Something that goes wrong with the commands it is for, until it has happened so many times or is ended. */
export interface DatabaseFault {
  /** How many commands it has met. */
  readonly count: number;
  /** Resolves when it has met so many. */
  struck(count?: number): Promise<void>;
  /** It meets no further command, and what it holds back goes on its way. */
  end(): void;
}

/** `times`: how many commands it meets, 1 if not given. */
export interface DatabaseProxy extends AsyncDisposable {
  /** Where the client connects instead of the database. */
  port: number;
  /** The database carries the command out; its answer is lost and the connection is cut. */
  dropAnswer(which: Which, times?: number): DatabaseFault;
  /** The command is lost on its way and the connection is cut. */
  dropCommand(which: Which, times?: number): DatabaseFault;
  /** The database carries the command out; its answer arrives after `ms`, or when the fault is ended. */
  holdAnswer(which: Which, times?: number, ms?: number): DatabaseFault;
  /** The command arrives after `ms`, or when the fault is ended, even when its client has given up meanwhile. */
  holdCommand(which: Which, times?: number, ms?: number): DatabaseFault;
  /** The answer arrives twice. */
  repeatAnswer(which: Which, times?: number): DatabaseFault;
  /** The database gets the command twice, as from a client that has lost the first answer, and the client gets the second answer. */
  repeatCommand(which: Which, times?: number): DatabaseFault;
  /** The database never sees the command, and the client gets this error. */
  fail(which: Which, times?: number, error?: { code: number; codeName: string }): DatabaseFault;
  /** Ends every fault. */
  mend(): void;
}

const unknownError = { code: 8, codeName: 'UnknownError' };

type Kind = Exclude<keyof DatabaseProxy, 'port' | 'mend' | symbol>;

/** A way from clients to a MongoDB of this machine, on which chosen commands and their answers are lost, late or doubled. */
export async function openDatabaseProxy(databasePort: number): Promise<DatabaseProxy> {
  const faults = new Set<Fault>();
  const sockets = new Set<Socket>();
  const server = createServer((client) => {
    const database = connect(databasePort, '127.0.0.1');
    for (const socket of [client, database]) {
      sockets.add(socket);
      socket.on('close', () => sockets.delete(socket));
      // Its end is seen as a close.
      socket.on('error', () => undefined);
      socket.setNoDelay(true);
    }
    new Connection(client, database, (command) => {
      for (const fault of faults) if (fault.meets(command)) return fault;
      return null;
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const add = (kind: Kind, which: Which, times = 1, more: Partial<Fault> = {}): DatabaseFault => {
    const fault = Object.assign(new Fault(kind, which, times, () => faults.delete(fault)), more);
    faults.add(fault);
    return fault;
  };
  const mend = () => {
    for (const fault of faults) fault.end();
  };
  return {
    port: (server.address() as AddressInfo).port,
    dropAnswer: (which, times) => add('dropAnswer', which, times),
    dropCommand: (which, times) => add('dropCommand', which, times),
    holdAnswer: (which, times, ms) => add('holdAnswer', which, times, { ms }),
    holdCommand: (which, times, ms) => add('holdCommand', which, times, { ms }),
    repeatAnswer: (which, times) => add('repeatAnswer', which, times),
    repeatCommand: (which, times) => add('repeatCommand', which, times),
    fail: (which, times, error = unknownError) => add('fail', which, times, { error }),
    mend,
    async [Symbol.asyncDispose]() {
      mend();
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

class Fault implements DatabaseFault {
  readonly kind: Kind;
  ms: number | undefined;
  error = unknownError;
  count = 0;
  #met = 0;
  readonly #which: Which;
  readonly #times: number;
  readonly #ended: () => void;
  readonly #released = Promise.withResolvers<void>();
  readonly #waiting: { count: number; resolve: () => void }[] = [];
  #over = false;

  constructor(kind: Kind, which: Which, times: number, ended: () => void) {
    this.kind = kind;
    this.#which = which;
    this.#times = times;
    this.#ended = ended;
  }

  meets(command: Command): boolean {
    const { command: names, collection, where } = this.#which;
    if (this.#over || this.#met >= this.#times) return false;
    if (typeof names === 'string' ? names !== command.name : !names.includes(command.name)) return false;
    if (collection !== undefined && collection !== command.collection) return false;
    if (where !== undefined && !where(command)) return false;
    this.#met++;
    return true;
  }

  /** Counted when the harm is done: for a lost answer, that is when the database has answered. */
  strike(): void {
    this.count++;
    for (const { count, resolve } of this.#waiting) if (count <= this.count) resolve();
  }

  struck(count = 1): Promise<void> {
    if (this.count >= count) return Promise.resolve();
    return new Promise((resolve) => this.#waiting.push({ count, resolve }));
  }

  async over(): Promise<void> {
    const { ms } = this;
    if (ms === undefined) return this.#released.promise;
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, ms);
    });
    await Promise.race([this.#released.promise, late]);
    clearTimeout(timer);
  }

  end(): void {
    this.#over = true;
    this.#released.resolve();
    this.#ended();
  }
}

interface Asked {
  message: Buffer;
  fault: Fault | null;
}

/** A connection of the client, and the one to the database that belongs to it. */
class Connection {
  readonly #client: Socket;
  readonly #database: Socket;
  readonly #meet: (command: Command) => Fault | null;
  /** What the database has not answered yet, or not been asked. */
  readonly #asked = new Map<number, Asked>();

  constructor(client: Socket, database: Socket, meet: (command: Command) => Fault | null) {
    this.#client = client;
    this.#database = database;
    this.#meet = meet;
    this.#read(client, (message) => this.#fromClient(message));
    this.#read(database, (message) => this.#fromDatabase(message));
    client.on('close', () => this.#closeIfDone());
    database.on('close', () => client.destroy());
  }

  #read(from: Socket, take: (message: Buffer) => Promise<void>): void {
    const messages = new Messages();
    from.on('data', (chunk: Buffer) => {
      try {
        for (const message of messages.add(chunk)) void take(message);
      } catch {
        // Not MongoDB's protocol.
        this.#cut();
      }
    });
  }

  async #fromClient(message: Buffer): Promise<void> {
    const command = commandOf(message);
    const fault = command === null ? null : this.#meet(command);
    if (fault?.kind === 'dropCommand') {
      fault.strike();
      this.#cut();
      return;
    }
    if (fault?.kind === 'fail') {
      fault.strike();
      this.#client.write(answerTo(message, { ok: 0, errmsg: 'made to fail by the test', ...fault.error }));
      return;
    }
    this.#asked.set(requestIdOf(message), { message, fault });
    if (fault?.kind === 'holdCommand') {
      fault.strike();
      await fault.over();
    }
    this.#database.write(message);
  }

  async #fromDatabase(answer: Buffer): Promise<void> {
    const id = responseToOf(answer);
    const { message, fault } = this.#asked.get(id) ?? { message: null, fault: null };
    if (fault?.kind === 'dropAnswer') {
      fault.strike();
      this.#cut();
      return;
    }
    if (fault?.kind === 'repeatCommand' && message !== null) {
      fault.strike();
      this.#asked.set(id, { message, fault: null });
      this.#database.write(message);
      return;
    }
    if (fault?.kind === 'holdAnswer') {
      fault.strike();
      await fault.over();
    }
    this.#client.write(answer);
    if (fault?.kind === 'repeatAnswer') {
      fault.strike();
      this.#client.write(answer);
    }
    this.#asked.delete(id);
    this.#closeIfDone();
  }

  /** A client that gave up does not take back what it has asked for. */
  #closeIfDone(): void {
    if (this.#client.destroyed && this.#asked.size === 0) this.#database.destroy();
  }

  #cut(): void {
    this.#client.resetAndDestroy();
    this.#database.destroy();
  }
}
