import { readFileSync, readdirSync } from 'node:fs';
import { openShop } from './support/open-shop.ts';
import { createOperator } from './support/shop-api.ts';
await using shop = await openShop();
const op = await createOperator(shop);
const count = () => { let n = 0; const by: Record<string, number> = {}; for (const f of readdirSync('/tmp').filter((x) => x.startsWith('cnt.'))) for (const l of readFileSync('/tmp/' + f, 'utf8').split('\n').slice(1)) { const m = /^(\d+) (.*)$/.exec(l); if (m) { n += Number(m[1]); by[m[2]!] = (by[m[2]!] ?? 0) + Number(m[1]); } } return { n, by }; };
for (let i = 0; i < 60; i++) {
  const t = performance.now();
  await op.start({ quantity: 3 });
  const ms = Math.round(performance.now() - t);
  if (i % 6 === 0) console.log(i, ms, 'ms');
}
const a = count(); await new Promise((r) => setTimeout(r, 10000)); const b = count();
console.log('ops in 10 s idle after:', b.n - a.n, Object.entries(b.by).map(([k, v]) => [k, v - (a.by[k] ?? 0)] as const).filter(([, v]) => v > 3).sort((x, y) => y[1] - x[1]).slice(0, 15));
