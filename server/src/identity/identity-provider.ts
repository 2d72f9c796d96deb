import type { JWTPayload } from 'jose';
import {
  allowInsecureRequests,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  type ClientAuth,
  ClientSecretBasic,
  ClientSecretPost,
  type Configuration,
  type CustomFetch,
  calculatePKCECodeChallenge,
  customFetch,
  discovery,
  enableNonRepudiationChecks,
  fetchUserInfo,
  None,
} from 'openid-client';
import { boundedFetch } from '../shared/bounded-fetch.ts';
import type { PendingSignIn } from './pending-sign-in.ts';

export interface ProviderSettings {
  issuer: string;
  clientId: string;
  clientSecret: string | undefined;
  scope: string;
  /** More than the person's id is needed: their role, or their address. */
  readsProfile: boolean;
}

export interface IdentityProvider {
  /** Where the browser goes to sign in. */
  authorizationUrl(pending: PendingSignIn, redirectUri: string): Promise<string>;
  /** The claims of who signed in. Throws `SignInRefused` or `ProviderUnavailable`. */
  claims(callback: URL, pending: PendingSignIn): Promise<JWTPayload>;
}

/** The provider, or this shop, does not accept that this browser signed in. */
export class SignInRefused extends Error {
  /** The person, or the provider in their name, said no. */
  readonly denied: boolean;

  constructor(message: string, { denied = false, cause }: { denied?: boolean; cause?: unknown } = {}) {
    super(message, { cause });
    this.denied = denied;
  }
}

export class ProviderUnavailable extends Error {}

const answerSecondsMax = 5;
/** A provider changes its addresses and keys seldom. */
const readAgainMs = 3_600_000;
/** If it does not answer then, the addresses that it had are used, and it is asked again after this long. */
const retryMs = 60_000;
/** Sign-ins that a node finishes at the same time; more are turned away, for each costs the provider requests. */
const exchangesMax = 50;

/** An OpenID Connect provider, asked with authorization code and PKCE. It is asked for its addresses when it is first needed. */
export function createIdentityProvider(settings: ProviderSettings): IdentityProvider {
  let known: { configuration: Configuration; goodUntil: number } | undefined;
  let reading: Promise<Configuration> | undefined;
  let exchanges = 0;
  const read = async (): Promise<Configuration> => {
    try {
      known = { configuration: await discover(settings), goodUntil: performance.now() + readAgainMs };
    } catch (error) {
      if (known === undefined) throw error;
      known.goodUntil = performance.now() + retryMs;
    } finally {
      reading = undefined;
    }
    return known.configuration;
  };
  const configuration = async (): Promise<Configuration> => {
    if (known !== undefined && performance.now() < known.goodUntil) return known.configuration;
    reading ??= read();
    return reading;
  };
  return {
    async authorizationUrl({ state, nonce, codeVerifier }, redirectUri) {
      const provider = await configuration().catch(unavailable);
      return buildAuthorizationUrl(provider, {
        redirect_uri: redirectUri,
        scope: settings.scope,
        code_challenge: await calculatePKCECodeChallenge(codeVerifier),
        code_challenge_method: 'S256',
        ...{ state, nonce },
      }).href;
    },
    async claims(callback, { state, nonce, codeVerifier }) {
      if (exchanges >= exchangesMax) throw new ProviderUnavailable('too many sign-ins at the same time');
      exchanges++;
      try {
        const provider = await configuration().catch(unavailable);
        const tokens = await authorizationCodeGrant(provider, callback, {
          expectedState: state,
          expectedNonce: nonce,
          pkceCodeVerifier: codeVerifier,
          idTokenExpected: true,
        });
        const claims: JWTPayload | undefined = tokens.claims();
        if (claims?.sub === undefined) throw new SignInRefused('the provider sent no ID token');
        if (!settings.readsProfile || provider.serverMetadata().userinfo_endpoint === undefined)
          return claims;
        // Some providers say more there than in the ID token. What the token says comes first, because it is signed.
        return { ...(await fetchUserInfo(provider, tokens.access_token, claims.sub)), ...claims };
      } catch (error) {
        return refused(error);
      } finally {
        exchanges--;
      }
    },
  };
}

async function discover({ issuer, clientId, clientSecret }: ProviderSettings): Promise<Configuration> {
  const server = new URL(issuer);
  // The configuration allows http on this machine alone.
  const execute = server.protocol === 'http:' ? [allowInsecureRequests] : [];
  return discovery(server, clientId, undefined, authentication(clientSecret), {
    timeout: answerSecondsMax,
    [customFetch]: boundedFetch as CustomFetch,
    execute: [...execute, enableNonRepudiationChecks],
  });
}

/** As the provider says that it takes the secret; without one the client is public, and PKCE alone protects it. */
function authentication(secret: string | undefined): ClientAuth {
  if (secret === undefined) return None();
  const [post, basic] = [ClientSecretPost(secret), ClientSecretBasic(secret)];
  return (server, ...request) => {
    const methods = server.token_endpoint_auth_methods_supported ?? ['client_secret_basic'];
    return (methods.includes('client_secret_basic') ? basic : post)(server, ...request);
  };
}

function unavailable(error: unknown): never {
  throw new ProviderUnavailable('the identity provider does not answer', { cause: error });
}

/** Faults of the connection, of the provider, and of this shop's registration there: none of them is the visitor's. */
const notTheVisitors = new Set([
  'temporarily_unavailable',
  'server_error',
  'invalid_client',
  'unauthorized_client',
  'OAUTH_TIMEOUT',
]);

function refused(error: unknown): never {
  if (error instanceof SignInRefused || error instanceof ProviderUnavailable) throw error;
  const { code = '', error: said = '', cause } = error as { code?: string; error?: string; cause?: unknown };
  const status = (cause as { status?: number } | undefined)?.status ?? 0;
  // What `fetch` throws where there is no connection.
  if (error instanceof TypeError || status >= 500 || notTheVisitors.has(said) || notTheVisitors.has(code))
    unavailable(error);
  throw new SignInRefused('the sign-in is not valid', { denied: said === 'access_denied', cause: error });
}
