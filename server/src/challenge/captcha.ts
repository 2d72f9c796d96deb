import type { ChallengeProvider } from './provider.ts';

const verifyMsMax = 3_000;
/** More wait for nobody: they are told to come again. */
const atOnceMax = 100;

interface Settings {
  /** `…/siteverify` of hCaptcha, Turnstile or reCAPTCHA, which all take the same two fields. */
  verifyUrl: string;
  secret: string;
  siteKey: string;
  onError: (error: unknown) => void;
}

/** Somebody else's captcha: the client shows the widget and brings its token, which the provider is asked about. */
export function createCaptcha({ verifyUrl, secret, siteKey, onError }: Settings): ChallengeProvider {
  let asking = 0;
  return {
    issue: () => ({ kind: 'captcha', challenge: '', siteKey }),
    async judge(_customerId, { answer }) {
      if (asking >= atOnceMax) return 'unknown';
      asking++;
      try {
        const response = await fetch(verifyUrl, {
          method: 'POST',
          body: new URLSearchParams({ secret, response: answer }),
          signal: AbortSignal.timeout(verifyMsMax),
          redirect: 'error',
        });
        const said: unknown = await response.json();
        const isGood =
          typeof said === 'object' && said !== null && 'success' in said && said.success === true;
        return isGood ? 'solved' : 'wrong';
      } catch (error) {
        onError(error);
        return 'unknown';
      } finally {
        asking--;
      }
    },
  };
}
