import { loginAnswer } from '@flipzon/protocol/session-schemas.ts';
import { SignJWT } from 'jose';
import { backoffWithJitterMs } from './backoff.ts';
import type { HttpClient } from './http-client.ts';
import { sleep } from './sleep.ts';

export type Role = 'customer' | 'operator';
export type Token = { ok: true; token: string } | { ok: false; message: string };
export type TokenSource = (customerId: string, role: Role) => Promise<Token>;

const lifetimeS = 2 * 3600;
const attemptsMax = 5;

/** As the shop signs them itself; `claims` are further claims that an identity provider would add. */
export function signToken(
  secret: string,
  customerId: string,
  role: Role,
  claims: Readonly<Record<string, unknown>> = {},
): Promise<string> {
  const nowS = Math.floor(Date.now() / 1000);
  return new SignJWT({ role, ...claims })
    .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
    .setSubject(customerId)
    .setIssuedAt(nowS)
    .setExpirationTime(nowS + lifetimeS)
    .sign(new TextEncoder().encode(secret));
}

/** Signs with the server's own key: no round trip, so thousands of shoppers are ready in a moment. */
export function signingTokens(secret: string): TokenSource {
  return async (customerId, role) => ({ ok: true, token: await signToken(secret, customerId, role) });
}

/** Asks the shop's demo login, again when the shop is busy. */
export function loginTokens(http: HttpClient): TokenSource {
  return async (customerId, role) => {
    let message = '';
    for (let attempt = 1; attempt <= attemptsMax; attempt++) {
      const answer = await http({
        method: 'POST',
        path: '/login',
        body: { customerId, role },
        timeoutMs: 10_000,
      });
      if (answer.code === 'answered' && answer.status === 200) {
        const parsed = loginAnswer.safeParse(answer.body);
        return parsed.success
          ? { ok: true, token: parsed.data.token }
          : { ok: false, message: 'POST /login gave no token' };
      }
      message = answer.code === 'failed' ? answer.message : `POST /login answered ${answer.status}`;
      if (answer.code === 'answered' && answer.status < 500 && answer.status !== 429) break;
      await sleep(backoffWithJitterMs(attempt, Math.random));
    }
    return { ok: false, message };
  };
}
