import { z } from 'zod';
import { isLoopback } from './shared/address.ts';
import { defaultTo, optional, urlWith } from './shared/environment.ts';

/* Environment variables: how mails are sent, and how many. */

/** `shop@shop.example`, or `Shop <shop@shop.example>`. */
const sender = z
  .string()
  .max(200)
  .refine((text) => /^[^\r\n<>]*$/.test(text.replace(/ <[^<>]+>$/, '')))
  .refine((text) => z.email().safeParse(/ <([^<>]+)>$/.exec(text)?.[1] ?? text).success);

export const mailVariables = {
  SMTP_URL: [
    z.preprocess(optional, urlWith('smtps?').optional()),
    'smtps://user:password@host:port, or smtp:// for STARTTLS; with ?tls=optional also without encryption',
  ],
  MAIL_FROM: [
    z.preprocess(optional, sender.optional()),
    'an address, such as shop@shop.example or Shop <shop@shop.example>',
  ],
  CODES_PER_DAY: [
    z.preprocess(defaultTo('50000'), z.coerce.number().int().min(1).max(10_000_000)),
    'a number from 1',
  ],
} as const satisfies Record<string, readonly [z.ZodType, string]>;

type Environment = Readonly<Record<string, string | undefined>>;
type Config = { [Name in keyof typeof mailVariables]: z.output<(typeof mailVariables)[Name][0]> };

export interface MailServer {
  url: URL;
  from: string;
}

/** Null: this shop sends no mails. */
export function mailServer({
  SMTP_URL,
  MAIL_FROM,
}: Pick<Config, 'SMTP_URL' | 'MAIL_FROM'>): MailServer | null {
  if (SMTP_URL === undefined || MAIL_FROM === undefined) return null;
  const url = new URL(SMTP_URL);
  // A mail server on this machine needs no encryption.
  if (isLoopback(url.hostname)) url.searchParams.set('tls', 'optional');
  return { url, from: MAIL_FROM };
}

/** Variables that are missing although others need them. */
export function mailProblems(env: Environment): string[] {
  if (!env.SMTP_URL && !env.MAIL_FROM) return [];
  return [
    ...(env.SMTP_URL
      ? []
      : ['SMTP_URL is not set; accepted: the mail server that sends mails from MAIL_FROM']),
    ...(env.MAIL_FROM
      ? []
      : ['MAIL_FROM is not set; accepted: the sender address of the mails that SMTP_URL sends']),
    ...(env.JWT_SECRET
      ? []
      : [
          'JWT_SECRET is not set; accepted: at least 32 bytes, because it signs the sessions of those who sign in by e-mail',
        ]),
  ];
}
