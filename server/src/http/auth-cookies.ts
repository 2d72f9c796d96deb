import { type Door, hintCookies } from '@flipzon/protocol/identity.ts';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { CookieJar } from '../identity/cookies.ts';
import type { Refreshed } from '../identity/sessions.ts';
import { sendProblem } from './problems.ts';

export const sessionCookie: Record<Door, string> = {
  customer: 'flipzon-session',
  operator: 'flipzon-operator-session',
};
export const sessionOf = (as: Door) => ({ name: sessionCookie[as], sameSite: 'strict' }) as const;
export const hintOf = (as: Door) => ({ name: hintCookies[as], sameSite: 'strict', httpOnly: false }) as const;

export function setCookie(reply: FastifyReply, cookie: string): void {
  reply.header('set-cookie', cookie);
}

export function giveSession(
  reply: FastifyReply,
  cookies: CookieJar,
  { door: as, cookie, seconds }: Refreshed,
): void {
  setCookie(reply, cookies.set({ ...sessionOf(as), value: cookie, seconds }));
  setCookie(reply, cookies.set({ ...hintOf(as), value: '1', seconds }));
}

/** True: the request came from no page of this shop, and has been refused. */
export function refuseForeign(
  { headers }: FastifyRequest,
  reply: FastifyReply,
  isOwnOrigin: (origin: string, host: string | undefined) => boolean,
): boolean {
  reply.header('cache-control', 'no-store');
  if (headers.origin !== undefined && isOwnOrigin(headers.origin, headers.host)) return false;
  sendProblem(
    reply,
    'forbidden',
    'Only pages of this shop may send this request. Set PUBLIC_URL to its address.',
  );
  return true;
}
