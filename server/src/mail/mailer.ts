import { createTransport } from 'nodemailer';
import { withTimeout } from '../shared/with-timeout.ts';

export interface Mail {
  to: string;
  subject: string;
  text: string;
  html: string;
  messageId?: string;
  replyTo?: string;
}

/** `refused`: the server does not accept this mail, and will not. `unavailable`: it may later. */
export type MailOutcome = 'sent' | 'refused' | 'unavailable';

export interface MailSettings {
  url: URL;
  from: string;
  connections: number;
  /** Mails that wait for a connection; with more, `send` resolves with `unavailable` at once. */
  waitingMax: number;
}

export interface Mailer extends Disposable {
  send(mail: Mail): Promise<MailOutcome>;
  isFull(): boolean;
}

/** From `send` to its answer, the wait for a connection included. */
const answerMsMax = 10_000;
/** Of each step of the conversation with the mail server. */
const stepMsMax = 5_000;
const mailsPerConnection = 100;

interface Job {
  mail: Mail;
  giveUpAt: number;
  done: (outcome: MailOutcome) => void;
}

/**
 * Sends mails over a few connections that stay open. What waits is bounded in number and in time, so a mail server that hangs delays only
 * those who wait for a mail.
 */
export function createMailer(settings: MailSettings, onFault: (error: Error) => void): Mailer {
  const transport = createTransport(transportOf(settings));
  const waiting: Job[] = [];
  let sending = 0;
  const deliver = async ({ mail, giveUpAt }: Job): Promise<MailOutcome> => {
    try {
      const { from } = settings;
      await withTimeout(
        Math.max(1, giveUpAt - performance.now()),
        transport.sendMail({ from, ...mail, ...automatic }),
      );
      return 'sent';
    } catch (error) {
      const outcome = outcomeOf(error);
      if (outcome === 'unavailable') onFault(withoutMail(error));
      return outcome;
    }
  };
  const next = (): void => {
    const now = performance.now();
    while (sending < settings.connections) {
      const job = waiting.shift();
      if (job === undefined) return;
      if (job.giveUpAt <= now) {
        job.done('unavailable');
        continue;
      }
      sending++;
      void deliver(job)
        .then(job.done)
        .finally(() => {
          sending--;
          next();
        });
    }
  };
  const isFull = () => waiting.length >= settings.waitingMax;
  return {
    isFull,
    async send(mail) {
      if (isFull()) return 'unavailable';
      return new Promise((done) => {
        waiting.push({ mail, giveUpAt: performance.now() + answerMsMax, done });
        next();
      });
    },
    [Symbol.dispose]: () => transport.close(),
  };
}

/** Programs do not answer these mails (RFC 3834). */
const automatic = { headers: { 'Auto-Submitted': 'auto-generated' } } as const;

function transportOf({ url, connections }: MailSettings) {
  const { protocol, hostname, port, username, password, searchParams } = url;
  const secure = protocol === 'smtps:';
  const steps = {
    connectionTimeout: stepMsMax,
    greetingTimeout: stepMsMax,
    socketTimeout: stepMsMax,
    dnsTimeout: stepMsMax,
  };
  return {
    ...{ pool: true as const, maxConnections: connections, maxMessages: mailsPerConnection, ...steps },
    ...{ host: hostname.replace(/^\[|\]$/g, ''), port: Number(port) || (secure ? 465 : 587), secure },
    requireTLS: !secure && searchParams.get('tls') !== 'optional',
    ...(username !== '' && {
      auth: { user: decodeURIComponent(username), pass: decodeURIComponent(password) },
    }),
    // A text of a shop or a product can name no file and no address to fetch.
    ...{ disableFileAccess: true, disableUrlAccess: true },
  };
}

interface SmtpError {
  code?: string;
  command?: string;
  responseCode?: number;
}

/** Only the server's permanent refusal of this very mail counts as one. */
function outcomeOf(error: unknown): MailOutcome {
  const { responseCode = 0, code } = error as SmtpError;
  const isOfMail = code === 'EENVELOPE' || code === 'EMESSAGE';
  return isOfMail && responseCode >= 500 ? 'refused' : 'unavailable';
}

/** The error of the library contains addresses and what the server said about them. */
function withoutMail(error: unknown): Error {
  const { code, command, responseCode } = error as SmtpError;
  const what = [code, command?.split(' ', 1)[0], responseCode].filter((part) => part !== undefined).join(' ');
  return new Error(`the mail server does not take mails: ${what || (error as Error).name}`);
}
