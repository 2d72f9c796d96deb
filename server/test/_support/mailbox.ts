import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { SMTPServer } from 'smtp-server';

const nextMsMax = 20_000;

export interface ReceivedMail {
  from: string;
  to: string[];
  /** As it was sent. */
  raw: string;
}

/** A real mail server that keeps what it gets. */
export interface Mailbox extends AsyncDisposable {
  url: string;
  environment: Record<string, string>;
  mails: ReceivedMail[];
  /** Addresses that the server does not know. */
  unknown: Set<string>;
  /** The server says that it can take no mail now. */
  busy: boolean;
  /** The server takes each mail and never says so. */
  silent: boolean;
  /** The newest mail to this address that has come since `count` mails. */
  next(to: string, count?: number): Promise<ReceivedMail>;
}

export async function openMailbox(): Promise<Mailbox> {
  const mails: ReceivedMail[] = [];
  const unknown = new Set<string>();
  const state = { busy: false, silent: false };
  const problem = (text: string, responseCode: number) => Object.assign(new Error(text), { responseCode });
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    onMailFrom(_from, _session, done) {
      done(state.busy ? problem('try later', 451) : null);
    },
    onRcptTo({ address }, _session, done) {
      done(unknown.has(address) ? problem('no such mailbox', 550) : null);
    },
    onData(stream, { envelope }, done) {
      const pieces: Buffer[] = [];
      stream.on('data', (piece: Buffer) => pieces.push(piece));
      stream.on('end', () => {
        const from = envelope.mailFrom === false ? '' : envelope.mailFrom.address;
        mails.push({
          from,
          to: envelope.rcptTo.map(({ address }) => address),
          raw: Buffer.concat(pieces).toString(),
        });
        if (!state.silent) done();
      });
    },
  });
  // A client that closes in the middle is no fault of a test.
  server.on('error', () => undefined);
  const listening = server.listen(0, '127.0.0.1');
  await once(listening, 'listening');
  const url = `smtp://127.0.0.1:${(listening.address() as AddressInfo).port}`;
  return {
    ...{ url, mails, unknown },
    environment: { SMTP_URL: url, MAIL_FROM: 'Test shop <shop@example.com>' },
    get busy() {
      return state.busy;
    },
    set busy(busy) {
      state.busy = busy;
    },
    get silent() {
      return state.silent;
    },
    set silent(silent) {
      state.silent = silent;
    },
    async next(to, count = 0) {
      // Browser tests wait here too, without vitest.
      for (const startedAt = performance.now(); performance.now() - startedAt < nextMsMax; ) {
        const mail = mails.slice(count).findLast((each) => each.to.includes(to));
        if (mail !== undefined) return mail;
        await delay(20);
      }
      throw new Error(`no mail to ${to}`);
    },
    [Symbol.asyncDispose]: () => new Promise((closed) => server.close(() => closed())),
  };
}

/** A server that takes connections and never says a word. */
export async function openSilentServer(): Promise<{ url: string } & AsyncDisposable> {
  const server = createServer().listen(0, '127.0.0.1');
  const sockets = new Set<import('node:net').Socket>();
  server.on('connection', (socket) => void sockets.add(socket));
  await once(server, 'listening');
  return {
    url: `smtp://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}

export const codeIn = ({ raw }: ReceivedMail): string => {
  const [, code] = /^(\d{4} \d{4})\r?$/m.exec(raw) ?? [];
  if (code === undefined) throw new Error('no code in this mail');
  return code;
};
