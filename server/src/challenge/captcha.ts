import { boundedFetch } from '../shared/bounded-fetch.ts';
import type { ChallengeProvider } from './provider.ts';

const verifyMsMax = 3_000;
/** More requests than this do not wait: their clients are asked to retry. */
const atOnceMax = 100;

interface Settings {
  /** `…/siteverify` of hCaptcha, Turnstile or reCAPTCHA, which all take the same two fields. */
  verifyUrl: string;
  secret: string;
  siteKey: string;
  /** From 0, certainly a script, to 1, certainly a person; missing if the provider gives none. */
  scoreMin: number;
  /** Host names of the pages with the widget; empty allows any. */
  hostnames: readonly string[];
  onError: (error: unknown) => void;
}

/** A captcha of a provider: the client shows the widget and sends its token, which the provider checks. */
export function createCaptcha(settings: Settings): ChallengeProvider {
  const { verifyUrl, secret, siteKey, onError } = settings;
  let asking = 0;
  return {
    issue: () => ({ kind: 'captcha', challenge: '', siteKey }),
    async judge(_customerId, { answer }) {
      if (asking >= atOnceMax) return 'unknown';
      asking++;
      try {
        const response = await boundedFetch(verifyUrl, {
          method: 'POST',
          body: new URLSearchParams({ secret, response: answer }),
          signal: AbortSignal.timeout(verifyMsMax),
          redirect: 'error',
        });
        const said: unknown = await response.json();
        return isGood(said, settings) ? 'solved' : 'wrong';
      } catch (error) {
        onError(error);
        return 'unknown';
      } finally {
        asking--;
      }
    },
  };
}

/** hCaptcha counts the other way round: its score is the risk. */
const scoresRisk = (verifyUrl: string) => /(^|\.)hcaptcha\.com$/.test(new URL(verifyUrl).hostname);

/**
 * `success` says that the token is real, not that a person solved it: reCAPTCHA v3 always says so and adds a score. A token that was
 * solved on another page with the same key may not be this visitor's own.
 */
function isGood(said: unknown, { verifyUrl, scoreMin, hostnames }: Settings): boolean {
  if (typeof said !== 'object' || said === null) return false;
  const { success, score, hostname } = said as { success?: unknown; score?: unknown; hostname?: unknown };
  if (success !== true) return false;
  if (hostnames.length > 0 && !(typeof hostname === 'string' && hostnames.includes(hostname))) return false;
  if (typeof score !== 'number') return true;
  return (scoresRisk(verifyUrl) ? 1 - score : score) >= scoreMin;
}
