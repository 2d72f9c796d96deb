import { expect } from 'vitest';
import type { App } from '../../src/app.ts';
import { CookieBrowser } from './cookie-browser.ts';
import { openIdentityProvider, type TestProvider } from './identity-provider.ts';
import { type Address, openShop, type Shop } from './shop.ts';
import { connectShopper } from './shopper.ts';

/** Two nodes of a shop whose people sign in at a real OpenID Connect provider. */
export interface SignInShop extends AsyncDisposable {
  provider: TestProvider;
  shop: Shop;
  node: Address;
  other: App;
  /** One more node of the same shop, which has the first one's address. */
  addNode(): Promise<App>;
  login(query?: string): string;
  signedIn(name: string, query?: string): Promise<{ browser: CookieBrowser; response: Response }>;
  tokenOf(browser: CookieBrowser, query?: string, where?: Address): Promise<string>;
}

export async function openSignInShop(mongodbUri: string): Promise<SignInShop> {
  await using undo = new AsyncDisposableStack();
  const provider = undo.use(await openIdentityProvider());
  const environment = { ...provider.environment, ACCOUNT_CREATED_CLAIM: 'created' };
  const shop = undo.use(await openShop(mongodbUri, { environment }));
  const node = shop.nodes[0] as Address;
  await provider.register(node.url);
  const addNode = () => shop.addNode({ PUBLIC_URL: node.url });
  const other = await addNode();
  const login = (query = '') => `${node.url}/auth/login${query}`;
  const opened = undo.move();
  return {
    ...{ provider, shop, node, other, addNode, login },
    async signedIn(name, query = '') {
      const browser = new CookieBrowser();
      const response = await browser.ask(await browser.signInAs(name, login(query)));
      return { browser, response };
    },
    async tokenOf(browser, query = '', where = node) {
      const response = await browser.post(where.url, `/auth/refresh${query}`);
      expect(response.status).toBe(200);
      return ((await response.json()) as { token: string }).token;
    },
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  };
}

export async function connectWith(where: Address, token: string) {
  const { socket } = await connectShopper(where.url, token);
  return {
    socket,
    ended: () => new Promise((resolve) => void socket.once('sessionEnded', resolve)),
    async [Symbol.asyncDispose]() {
      socket.disconnect();
    },
  };
}

export const codeOf = async (response: Response) => ((await response.json()) as { code: string }).code;

export const claimsOf = (token: string) =>
  JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8'));
