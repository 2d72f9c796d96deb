import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair } from 'jose';
import Provider from 'oidc-provider';

export const clientSecret = 'the secret of the shop at its provider';

export interface TestProvider extends AsyncDisposable {
  issuer: string;
  /** What the shop's nodes are started with. */
  environment: Record<string, string>;
  /** What the provider says of a person beside their id. */
  readonly people: Map<string, Record<string, unknown>>;
  /** Makes the shop at this address known; nothing is answered before. */
  register(shopUrl: string): Promise<void>;
  /** Answers no more, or again. */
  stop(): Promise<void>;
  start(): Promise<void>;
}

/** A real OpenID Connect provider, in which everyone can sign in by name; it asks for no consent. */
export async function openIdentityProvider(): Promise<TestProvider> {
  const people = new Map<string, Record<string, unknown>>();
  const server = createServer();
  await listen(server, 0);
  const { port } = server.address() as AddressInfo;
  const issuer = `http://127.0.0.1:${port}`;
  return {
    issuer,
    people,
    async register(shopUrl) {
      server.removeAllListeners('request');
      server.on('request', (await createProvider(issuer, shopUrl, people)).callback());
    },
    environment: {
      OIDC_ISSUER: issuer,
      OIDC_CLIENT_ID: 'shop',
      OIDC_CLIENT_SECRET: clientSecret,
      OPERATOR_OIDC_CLIENT_ID: 'console',
      OPERATOR_OIDC_CLIENT_SECRET: clientSecret,
    },
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
    start: () => listen(server, port),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
    },
  };
}

async function listen(server: Server, port: number): Promise<void> {
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
}

async function createProvider(
  issuer: string,
  shopUrl: string,
  people: ReadonlyMap<string, Record<string, unknown>>,
): Promise<Provider> {
  const client = {
    client_secret: clientSecret,
    redirect_uris: [`${shopUrl}/auth/callback`],
    grant_types: ['authorization_code'],
    response_types: ['code' as const],
  };
  const { privateKey } = await generateKeyPair('RS256', { extractable: true });
  return new Provider(issuer, {
    clients: [
      { ...client, client_id: 'shop' },
      { ...client, client_id: 'console' },
    ],
    jwks: { keys: [{ ...(await exportJWK(privateKey)), alg: 'RS256', use: 'sig' }] },
    cookies: { keys: ['a key of the test'] },
    claims: { openid: ['sub', 'role', 'created'], email: ['email', 'email_verified'] },
    features: { devInteractions: { enabled: true } },
    findAccount: (_ctx, sub) => ({ accountId: sub, claims: async () => ({ sub, ...people.get(sub) }) }),
    // Every sign-in has its consent.
    async loadExistingGrant(ctx) {
      const { client: of, session, params } = ctx.oidc;
      const grantId = session?.grantIdFor(of?.clientId as string);
      const before = grantId && (await ctx.oidc.provider.Grant.find(grantId));
      if (before) return before;
      const grant = new ctx.oidc.provider.Grant({
        clientId: of?.clientId as string,
        accountId: session?.accountId as string,
      });
      grant.addOIDCScope(String(params?.scope ?? ''));
      await grant.save();
      return grant;
    },
    ttl: { Session: 3_600, Interaction: 600, Grant: 3_600, AccessToken: 600, IdToken: 600 },
  });
}
