import { elapsed } from './elapsed.ts';
import type { Settings } from './settings.ts';
import type { Shop } from './shop/run-shop.ts';

type Banner = { settings: Settings; tookMs: number; lines?: string[] };

/** What a person needs to know once the shop runs. */
export function printBanner(shop: Shop, { settings, tookMs, lines = [] }: Banner): void {
  const nodes = shop.nodes.length > 1 ? shop.nodes.map(({ name, url }) => `  ${name.padEnd(10)}${url}`) : [];
  const mongodb = shop.mongodbName.startsWith('FerretDB') ? '  (production wants MongoDB 8)' : '';
  console.log(
    [
      '',
      `  Shop      ${shop.url}`,
      `  Console   ${shop.url}/console`,
      `  Sign in   ${signIn(shop, settings)}`,
      `  MongoDB   ${shop.mongodbName}${mongodb}`,
      ...nodes,
      ...lines.map((line) => `  ${line}`),
      ...warningBlock(shop.warnings),
      '',
      `Ready in ${elapsed(tookMs)}. Ctrl-C stops everything.`,
    ].join('\n'),
  );
}

function signIn({ url, operatorToken }: Shop, { demoLogin, firstSale, host, signsIn }: Settings): string {
  if (demoLogin)
    return `with any name, on the page or in the console; scripts: POST ${url}/login {"customerId":"asha"} (operator: "role":"operator")`;
  if (signsIn) return 'at your identity provider, on the page or in the console';
  if (operatorToken === null) return 'with tokens of your identity provider';
  const why = firstSale ? ` because HOST ${host} is open to the network` : '';
  return `with tokens signed by JWT_SECRET; POST /login is off${why} (DEMO_LOGIN=true turns it on)`;
}

function warningBlock(warnings: readonly string[]): string[] {
  if (warnings.length === 0) return [];
  return ['', '  !! WARNING: read this before a real sale', ...warnings.map((warning) => `  !! ${warning}`)];
}
