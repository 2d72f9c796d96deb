import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '../..');
const documents = globSync(['*.md', 'docs/**/*.md', 'deploy/**/*.md', '.github/**/*.md'], {
  cwd: root,
  exclude: ['**/node_modules/**'],
});
const read = (file: string) => readFileSync(join(root, file), 'utf8');
const found = (text: string, pattern: RegExp) =>
  [...text.matchAll(pattern)].map((match) => match[1] as string);
const withoutCode = (text: string) => text.replace(/^```[\s\S]*?^```/gm, '');

/** What a build or a running shop makes is not there in a fresh clone. */
const built = ['client/dist', '.data/services.json'];
const extension = '(?:ts|tsx|mjs|lua|py|groovy|ya?ml|json|acl|cfg|patch|html|txt|md)';

/** As GitHub makes them. */
function anchors(file: string): string[] {
  return found(withoutCode(read(file)), /^#+ (.+)$/gm).map((heading) =>
    heading
      .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\p{M}_ -]/gu, '')
      .replaceAll(' ', '-'),
  );
}

it('are the documents that people look for', () => {
  expect(documents).toEqual(
    expect.arrayContaining([
      ...['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md', 'CODE_OF_CONDUCT.md', 'SECURITY.md'],
      ...['docs/README.md', 'docs/ARCHITECTURE.md', 'docs/GLOSSARY.md', 'deploy/kubernetes/README.md'],
    ]),
  );
});

it('are all in the index', () => {
  const index = read('docs/README.md');
  const pages = globSync('docs/*.md', { cwd: root }).map((file) => file.replace('docs/', ''));
  expect(pages.filter((page) => page !== 'README.md' && !index.includes(`](${page})`))).toEqual([]);
});

describe.each(documents)('%s', (file) => {
  const text = read(file);

  it('links only to what is there', () => {
    const links = found(withoutCode(text), /\]\(([^)\s]+)[^)]*\)/g).filter(
      (link) => !/^(?:https?:|\.\.\/blob)/.test(link),
    );
    const missing = links.filter((link) => {
      const [path = '', anchor] = link.split('#');
      const target = path === '' ? file : join(dirname(file), path);
      if (!existsSync(join(root, target))) return true;
      return anchor !== undefined && !anchors(target).includes(anchor);
    });
    expect(missing).toEqual([]);
  });

  it('names only npm commands that exist', () => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
    const named = found(text, /npm run ([a-z:-]+)/g);
    expect(named.filter((name) => !(name in scripts))).toEqual([]);
  });

  it('names only metrics that a node has', () => {
    const sources = globSync('server/src/metrics/*.ts', { cwd: root }).map(read).join('\n');
    const named = found(text, /`(flipzon_[a-z_]+)/g);
    expect(named.filter((name) => !sources.includes(`'${name}'`))).toEqual([]);
  });

  it('names only files and folders that exist', () => {
    const folders = found(text, /`((?:server|client|protocol|e2e|load|cli|docs|deploy)\/[\w./-]+)`/g);
    // In drawings, links and sentences alike: `server/src/app.ts`, or for short `sale/buy.ts`.
    const files = found(
      text.replace(/https?:\/\/\S+/g, ''),
      new RegExp(`(?<![\\w./~*{}:-])([\\w.-]+(?:/[\\w.@-]+)+\\.${extension})(?![\\w/])`, 'g'),
    );
    const places = ['', dirname(file), 'server/src', 'docs', 'e2e'];
    expect(
      [...folders, ...files].filter(
        (path) => !built.includes(path) && !places.some((place) => existsSync(join(root, place, path))),
      ),
    ).toEqual([]);
  });
});

/** The names in the first cells of a document's tables: `NAME` in `| \`NAME\`, … |`. */
function firstCells(file: string, pattern: RegExp): string[] {
  return read(file)
    .split('\n')
    .filter((line) => line.startsWith('| `'))
    .flatMap((row) => found(row.split('|')[1] ?? '', pattern));
}

/** The first cells of a document's tables, with their headings. */
function firstRowCells(file: string): string[] {
  return found(read(file), /^\| ?([^|]+?) ?\|/gm).filter((cell) => !/^-+$/.test(cell));
}

describe('the table of variables', () => {
  const source = ['config', 'mail-config', 'sign-in-config']
    .map((name) => read(`server/src/${name}.ts`))
    .join('\n');
  const known = found(source, /^ {2}([A-Z][A-Z_]+): (?:\[|trueOrFalse,)/gm);
  const launcherOnly = ['DATA_DIR', 'NODES'];

  it('describes every variable that the node reads, and no other', () => {
    expect(known.length).toBeGreaterThan(10);
    const described = firstCells('docs/configuration.md', /`([A-Z_]+)`/g);
    expect(described.filter((name) => !launcherOnly.includes(name)).sort()).toEqual(known.sort());
  });

  it('names the defaults that the node uses', () => {
    const defaults = [...source.matchAll(/^ {2}([A-Z_]+): \[(?:(?!^ {2}[A-Z]).)*?defaultTo\('([^']+)'\)/gms)];
    expect(defaults.length).toBeGreaterThan(20);
    const rows = read('docs/configuration.md')
      .split('\n')
      .filter((line) => line.startsWith('| `'))
      .map((line) => line.split('|'));
    const wrong = defaults.filter(([, name, value]) => {
      const row = rows.find(([, names = '']) => names.includes(`\`${name}\``));
      const cell = (row?.[2] ?? '').replaceAll('`', '');
      return ![cell.trim(), ...cell.split(/, |;| /)].includes(value as string);
    });
    expect(wrong.map(([, name, value]) => `${name}=${value}`)).toEqual([]);
  });

  it('has the same variables as .env.example, but for those of tests and of the image', () => {
    const listed = found(read('.env.example'), /^#?([A-Z_]+)=/gm);
    const internal = ['CRASH_AT', 'CRASH_SIGNAL', 'NODE_NAME', 'CLIENT_DIR'];
    expect(listed.sort()).toEqual(
      [...known, ...launcherOnly].filter((name) => !internal.includes(name)).sort(),
    );
  });
});

it('the limits in the page about bots are the defaults of the node', () => {
  const limits = [...read('docs/bots.md').matchAll(/`([A-Z_]+)`, `?([\d/s]+)(?: a second)?[^|]* \|/g)];
  expect(limits.length).toBe(8);
  const source = read('server/src/config.ts');
  const wrong = limits.filter(
    ([, name, value]) => !new RegExp(`^ {2}${name}: .*defaultTo\\('${value}(?:/1s)?'\\)`, 'm').test(source),
  );
  expect(wrong.map(([cell]) => cell)).toEqual([]);
});

it('the table of tests has every folder of tests, and no other', () => {
  const cells = firstRowCells('docs/testing.md').filter((cell) => cell.includes('/'));
  const places = cells.flatMap((cell) => {
    const [first = '', ...others] = found(cell, /`([^`]+)`/g);
    return [first, ...others.map((name) => (name.includes('/') ? name : join(dirname(first), name)))];
  });
  const folders = [
    ...globSync('server/test/[a-z]*/', { cwd: root }),
    ...globSync('{client,load,cli,docs,local-services}/test/', { cwd: root }),
    'e2e/tests',
  ];
  expect(places.sort()).toEqual(folders.map((path) => path.replace(/\/$/, '')).sort());
});

it('the shapes of the crowd are those that the crowd knows', () => {
  const [, names = ''] = /shapeNames = \[([^\]]+)\]/.exec(read('load/crowd/plan/shapes.ts')) ?? [];
  expect(firstCells('docs/load-testing.md', /`(\w+)`/g)).toEqual(found(names, /'(\w+)'/g));
});

it('the page about the console calls steps and statuses as the console does', () => {
  const texts = read('client/src/console/text/english.ts');
  const named = firstRowCells('docs/console.md').map((cell) => cell.trim().split('; n ')[0] as string);
  expect(named.length).toBe(15);
  expect(named.filter((name) => !texts.includes(`'${name}'`) && !['step', 'status'].includes(name))).toEqual(
    [],
  );
});

describe('the tables of data', () => {
  const described = firstCells('docs/data.md', /`(\w+)`/g);
  const keys = found(read('server/src/redis/keys.ts'), /\$\{prefix\}:(\w+)`/g);

  it('have every collection of MongoDB and every key of a sale, and no other', () => {
    const collections = globSync('server/src/**/*.ts', { cwd: root }).flatMap((file) =>
      found(read(file), /\bcollection(?:: |<[^(]*>\()'(\w+)'/g),
    );
    expect(collections.length).toBeGreaterThan(15);
    expect(keys.length).toBeGreaterThan(5);
    expect(described.sort()).toEqual([...new Set(collections), ...keys].sort());
  });
});

it('the development server of the page passes every route of people on to the shop', () => {
  const passedOn = found(read('client/vite.config.ts'), /'(\/[a-z]+)'/g);
  const routes = firstCells('docs/api.md', /`[A-Z]+ (\/[a-z.]+)/g);
  const forMachines = ['/healthz', '/readyz', '/metrics', '/openapi.json', '/asyncapi.json', '/shop.json'];
  expect(routes.length).toBeGreaterThan(20);
  expect(
    [...new Set(routes)].filter((path) => !forMachines.includes(path) && !passedOn.includes(path)),
  ).toEqual([]);
});

describe('the decisions', () => {
  const files = globSync('docs/decisions/[0-9]*.md', { cwd: root }).sort();

  it.each(files)('%s has what the template asks for', (file) => {
    const text = read(file);
    expect(text).toMatch(
      /^# \d+\. [^\n]+\n\n- Date: \d{4}-\d\d-\d\d\n- Status: (?:Proposed|Accepted|Superseded)\b.*\n\n## /,
    );
    expect(found(text, /^## (.+)$/gm)).toEqual(found(read('docs/decisions/template.md'), /^## (.+)$/gm));
    // None of them is empty.
    expect(text).not.toMatch(/^## .+\n+(?:## |$(?![\s\S]))/m);
  });

  it('are numbered without a gap, and all in the table, by their own title and date', () => {
    const rows = files.map((file, index) => {
      const [, number, title] = /^# (\d+)\. (.+)$/m.exec(read(file)) ?? [];
      expect(number).toBe(String(index + 1));
      const date = /^- Date: (.+)$/m.exec(read(file))?.[1];
      return `| ${number} | [${title}](${file.replace('docs/decisions/', '')}) | ${date} |`;
    });
    const table = read('docs/decisions/README.md');
    expect(rows.length).toBeGreaterThan(15);
    expect(rows.filter((row) => !table.includes(row))).toEqual([]);
  });
});
