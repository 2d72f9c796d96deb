import { type Door, hintCookies } from '@flipzon/protocol/identity.ts';
import { claimsOf, customerOf } from '../device/token.ts';
import type { Customer } from '../model/model.ts';

/*
 * A sign-in that lasts: its cookie, which no script can read, gets a new token before the one that the page has expires. Fetched only by
 * pages whose visitor has signed in at this shop.
 */

/** `ended`: the visitor has to sign in again; `unreachable`: it may work in a moment. */
export type Renewal = 'renewed' | 'ended' | 'unreachable';

const answerMsMax = 8_000;
/** So long before a token expires, the next one is asked for: there is time for several tries. */
const earlyMs = 120_000;
const againMs = 5_000;
/** Of a timer of the browser. */
const timerMsMax = 2 ** 31 - 1;

export interface Session {
  /** Asks for the next token now; pages that ask several times at once ask once. */
  renew(): Promise<Renewal>;
}

interface Needs {
  door: Door;
  customer: () => Customer | null;
  /** ms since 1970, by the shop's clock. */
  serverMs: () => number;
  onToken: (customer: Customer) => void;
  onEnd: () => void;
}

export function openSession({ door, customer, serverMs, onToken, onEnd }: Needs): Session {
  let asking: Promise<Renewal> | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;

  async function ask(): Promise<Renewal> {
    try {
      const response = await fetch(`/auth/refresh?as=${door}`, {
        method: 'POST',
        signal: AbortSignal.timeout(answerMsMax),
      });
      if (response.status === 401) {
        onEnd();
        return 'ended';
      }
      const { token }: { token?: string } = response.ok ? await response.json() : {};
      const next = customerOf(token ?? null);
      if (next === null) {
        return 'unreachable';
      }
      onToken(next);
      return 'renewed';
    } catch {
      return 'unreachable';
    }
  }

  function renew(): Promise<Renewal> {
    asking ??= ask().then((outcome) => {
      asking = null;
      if (outcome === 'renewed') {
        waitForNext();
      } else if (outcome === 'unreachable') {
        again(againMs, () => void renew());
      }
      return outcome;
    });
    return asking;
  }

  /** Another tab may have got the next token meanwhile, which then is this one's too. */
  function waitForNext(): void {
    const leftMs = expiresAtMs(customer()) - serverMs();
    if (leftMs <= earlyMs) {
      void renew();
    } else {
      again(leftMs - earlyMs * (1 + Math.random()), waitForNext);
    }
  }

  function again(ms: number, act: () => void): void {
    clearTimeout(timer);
    timer = setTimeout(act, Math.min(timerMsMax, Math.max(againMs, ms)));
  }

  waitForNext();
  return { renew };
}

/** The page believes at once that it has no session, whatever comes of the request. */
export async function endSession(door: Door, everywhere: boolean): Promise<void> {
  const name = hintCookies[door];
  // biome-ignore lint/suspicious/noDocumentCookie: the cookie store is not in every browser.
  document.cookie = `${name}=; Max-Age=0; Path=/`;
  // biome-ignore lint/suspicious/noDocumentCookie: see above.
  document.cookie = `__Host-${name}=; Max-Age=0; Path=/; Secure`;
  await fetch(`/auth/sign-out?as=${door}${everywhere ? '&everywhere' : ''}`, {
    method: 'POST',
    keepalive: true,
    signal: AbortSignal.timeout(answerMsMax),
  });
}

/** By the token itself; one that does not say it has expired. */
function expiresAtMs(customer: Customer | null): number {
  const { exp } = claimsOf(customer?.token ?? null);
  return typeof exp === 'number' ? exp * 1000 : 0;
}
