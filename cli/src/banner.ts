import { elapsed } from './elapsed.ts';
import type { Shop } from './shop/run-shop.ts';

type Banner = { demoLogin: boolean; tookMs: number; lines?: string[] };

/** What a person needs to know once the shop runs. */
export function printBanner(shop: Shop, { demoLogin, tookMs, lines = [] }: Banner): void {
  const signIn = demoLogin
    ? `with any name, on the page or in the console; scripts: POST ${shop.url}/login {"customerId":"asha"} (operator: "role":"operator")`
    : "tokens of your identity provider (the demo's POST /login is off)";
  const nodes = shop.nodes.length > 1 ? shop.nodes.map(({ name, url }) => `  ${name.padEnd(10)}${url}`) : [];
  const mongodb = shop.mongodbName.startsWith('FerretDB') ? '  (production wants MongoDB 8)' : '';
  console.log(
    [
      '',
      `  Shop      ${shop.url}`,
      `  Console   ${shop.url}/console`,
      `  Sign in   ${signIn}`,
      `  MongoDB   ${shop.mongodbName}${mongodb}`,
      ...nodes,
      ...lines.map((line) => `  ${line}`),
      '',
      `Ready in ${elapsed(tookMs)}. Ctrl-C stops everything.`,
    ].join('\n'),
  );
}
