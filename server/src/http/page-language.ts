import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Where the texts of each language are that is no part of the page's first script. */
const sources = { hi: 'src/text/hindi.ts', de: 'src/text/german.ts', ar: 'src/text/arabic.ts' } as const;
const tags = ['en', ...Object.keys(sources)];

/** The scripts by language, as the build has named them; empty where it says nothing of them. */
export function languageScripts(clientDir: string): ReadonlyMap<string, string> {
  const manifest = readManifest(join(clientDir, 'manifest.json'));
  return new Map(
    Object.entries(sources).flatMap(([tag, source]) => {
      const file = manifest[source]?.file;
      return typeof file === 'string' && /^[\w./-]+$/.test(file) ? [[tag, `/${file}`]] : [];
    }),
  );
}

function readManifest(path: string): Record<string, { file?: unknown } | undefined> {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return {};
  }
}

/** The first language of a browser's list that the page has texts in: as the page itself will choose, unless its visitor chose another. */
export function languageOf(acceptLanguage: string | undefined): string {
  const wanted = (acceptLanguage ?? '').toLowerCase().split(',');
  const bases = wanted.map((one) => one.trim().split(/[-;]/)[0] ?? '');
  return bases.find((base) => tags.includes(base)) ?? 'en';
}
