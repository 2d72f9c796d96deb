import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The scripts with the texts of the languages that are not in the page's first script. */
const sources = { hi: 'src/text/hindi.ts', de: 'src/text/german.ts', ar: 'src/text/arabic.ts' } as const;
export const languageTags: readonly string[] = ['en', ...Object.keys(sources)];

/** The scripts by language, as the build has named them; empty if the build names none. */
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

/** The first language of a browser's list that the page has texts in. The page chooses the same, unless its visitor has chosen another. */
export function languageOf(acceptLanguage: string | undefined): string {
  const wanted = (acceptLanguage ?? '').toLowerCase().split(',');
  const bases = wanted.map((one) => one.trim().split(/[-;]/)[0] ?? '');
  return bases.find((base) => languageTags.includes(base)) ?? 'en';
}

/** The language that an address asks for, `?lang=de`; null if it asks for none that the page has. */
export function askedLanguage(query: unknown): string | null {
  const lang = typeof query === 'object' && query !== null && 'lang' in query ? query.lang : null;
  return typeof lang === 'string' && languageTags.includes(lang) ? lang : null;
}
