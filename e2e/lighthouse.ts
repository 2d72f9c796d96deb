import { mkdtempDisposableSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCommand } from '@flipzon/local-services/run-command.ts';
import globalSetup from './global-setup.ts';
import { chromiumPath } from './support/chromium-path.ts';
import { openShop } from './support/open-shop.ts';
import { createOperator, inSeconds } from './support/shop-api.ts';

/*
 * `npm run lighthouse`: Lighthouse's scores of the shop page before and during a sale, on its simulated slow phone. It opens a shop of its
 * own from the page that was built last, and fails when a score is below its goal.
 */

/** Fetched by npx and kept in npm's cache: it is no dependency of the workspace. */
const version = '13.5.0';
const runMsMax = 5 * 60_000;
const goals = { performance: 95, accessibility: 100, 'best-practices': 100, seo: 100 } as const;
type Category = keyof typeof goals;

interface Report {
  categories: Record<Category, { score: number | null; auditRefs: { id: string; weight: number }[] }>;
  audits: Record<string, { title: string; score: number | null; displayValue?: string }>;
}

globalSetup();
await using shop = await openShop();
const operator = await createOperator(shop);
const missed: string[] = [];
await operator.start({ quantity: 100, startsAt: inSeconds(3_600) });
await measure('before the sale');
await operator.start({ quantity: 100 });
await measure('during the sale');
for (const each of missed) console.error(each);
process.exitCode = missed.length === 0 ? 0 : 1;

async function measure(when: string): Promise<void> {
  const { categories, audits } = await report(`${shop.nodes[0].url}/`);
  const percent = (score: number | null) => Math.round((score ?? 0) * 100);
  const scores = Object.keys(goals).map(
    (category) => `${category} ${percent(categories[category as Category].score)}`,
  );
  const times = [
    'first-contentful-paint',
    'largest-contentful-paint',
    'total-blocking-time',
    'cumulative-layout-shift',
  ];
  console.log(`${when}: ${scores.join(', ')}`);
  console.log(`  ${times.map((id) => `${audits[id]?.title} ${audits[id]?.displayValue}`).join(', ')}`);
  for (const [category, goal] of Object.entries(goals)) {
    const { score, auditRefs } = categories[category as Category];
    if (percent(score) >= goal) continue;
    const lost = auditRefs.filter(({ id, weight }) => weight > 0 && (audits[id]?.score ?? 1) < 1);
    const why = lost.map(({ id }) => `${audits[id]?.title} (${id})`).join('; ');
    missed.push(`${when}: ${category} is ${percent(score)}, its goal ${goal}: ${why}`);
  }
}

async function report(url: string): Promise<Report> {
  using folder = mkdtempDisposableSync(join(tmpdir(), 'flipzon-lighthouse-'));
  const file = join(folder.path, 'report.json');
  const flags = ['--headless=new', '--no-sandbox', '--disable-gpu', '--disable-background-networking'];
  const only = `--only-categories=${Object.keys(goals).join(',')}`;
  const output = ['--quiet', '--output=json', `--output-path=${file}`];
  const args = ['-y', '-p', `lighthouse@${version}`, 'lighthouse', url, only, ...output];
  const ran = await runCommand('npx', [...args, `--chrome-flags=${flags.join(' ')}`], {
    timeoutMs: runMsMax,
    env: { CHROME_PATH: chromiumPath, npm_config_ignore_scripts: 'true' },
  });
  if (!ran.ok) throw new Error(`Lighthouse ${version} did not run:\n${ran.output}`);
  return JSON.parse(readFileSync(file, 'utf8'));
}
