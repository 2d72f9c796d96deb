import { spawnSync } from 'node:child_process';
import { globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { root } from '../src/root.ts';

const read = (file: string) => readFileSync(join(root, file), 'utf8');
const lockfile = read('pnpm-lock.yaml');
const workspace = read('pnpm-workspace.yaml');

/** From advisories. The ranges of those who use them allow older ones: only the lockfile keeps these out. */
const floors = {
  'socket.io-parser': '4.2.7',
  'engine.io': '6.6.10',
  ws: '8.21.1',
  mongoose: '9.9.2',
};

const versionsOf = (name: string) => [
  ...new Set(
    [...lockfile.matchAll(new RegExp(`^ {2}${name}@(\\d[\\w.-]*):`, 'gm'))].map(
      (match) => match[1] as string,
    ),
  ),
];
const isAtLeast = (version: string, floor: string) => {
  const [have, want] = [version, floor].map((text) =>
    text.split('.').map((part) => Number.parseInt(part, 10)),
  );
  const at = [0, 1, 2].find((i) => have?.[i] !== want?.[i]);
  return at === undefined || (have?.[at] ?? 0) > (want?.[at] ?? 0);
};

test('a version is compared part by part', () => {
  expect(isAtLeast('8.21.1', '8.21.1')).toBe(true);
  expect(isAtLeast('8.3.0', '8.21.1')).toBe(false);
  expect(isAtLeast('9.0.0', '8.21.1')).toBe(true);
});

test.each(Object.entries(floors))('no %s below %s is in the lockfile', (name, floor) => {
  const versions = versionsOf(name);
  expect(versions.length).toBeGreaterThan(0);
  expect(versions.filter((version) => !isAtLeast(version, floor))).toEqual([]);
});

test('every package comes from the registry, by its hash', () => {
  const section = lockfile.split('\npackages:\n')[1]?.split('\nsnapshots:\n')[0] ?? '';
  const packages = section.split(/\n\n/).filter((block) => block.trim() !== '');
  expect(packages.length).toBeGreaterThan(200);
  for (const block of packages) expect(block).toMatch(/resolution: \{integrity: sha512-[\w+/=]+\}/);
});

test('a version is three days old before it is installed, and no package runs an install script', () => {
  expect(workspace).toMatch(/^minimumReleaseAge: 4320$/m);
  const builds = /^allowBuilds:\n((?: {2}.*\n)+)/m.exec(workspace)?.[1]?.trimEnd().split('\n') ?? [];
  expect(builds.length).toBeGreaterThan(0);
  expect(builds.filter((line) => !line.endsWith(': false'))).toEqual([]);
});

test('Node and pnpm are fetched in exact versions, by the hash of each file', () => {
  const { optionalDependencies: wanted } = JSON.parse(read('cli/toolchain/package.json'));
  const { packages } = JSON.parse(read('cli/toolchain/package-lock.json'));
  const { '': _, ...files } = packages;
  expect(Object.keys(files).sort()).toEqual(
    Object.keys(wanted)
      .map((name) => `node_modules/${name}`)
      .sort(),
  );
  for (const [name, version] of Object.entries(wanted)) {
    expect(version).toMatch(/^\d+\.\d+\.\d+$/);
    expect(files[`node_modules/${name}`]).toMatchObject({
      version,
      integrity: expect.stringMatching(/^sha512-[\w+/]{86}==$/),
    });
    expect(files[`node_modules/${name}`]).not.toHaveProperty('hasInstallScript');
  }
});

test('npm and pip take nothing but what is named by its hash, and run no script of a package', () => {
  const callers = globSync(['cli/**/*.{ts,mjs}', '{server,local-services,load}/**/*.ts', 'Dockerfile'], {
    cwd: root,
    exclude: ['**/node_modules/**', 'cli/test/supply-chain.integration.test.ts'],
  });
  for (const file of callers) {
    const text = read(file);
    expect(text, file).not.toMatch(/^RUN npm (?!ci --ignore-scripts)|spawnSync\('npm', \['i/m);
    if (/'pip',/.test(text)) expect(text, file).toMatch(/'--require-hashes'[\s\S]*'--only-binary'/);
  }
  const requirements = globSync(['{server,local-services}/**/*.txt'], {
    cwd: root,
    exclude: ['**/node_modules/**'],
  });
  expect(requirements.length).toBe(4);
  for (const file of requirements) {
    const entries = read(file)
      .split(/\n(?=\S)/)
      .filter((entry) => !entry.startsWith('#'));
    expect(entries.length).toBeGreaterThan(0);
    for (const entry of entries)
      expect(entry).toMatch(/^[\w.[\]-]+==\S+[^\n]*\n(?:\s+--hash=sha256:[0-9a-f]{64}[ \\\n]*)+$/);
  }
});

test('the modules of FerretDB are all in its go.sum, which the Go toolchain holds them against', () => {
  const required = [
    ...read('local-services/src/ferretdb/go.mod').matchAll(/^\t?(?:require )?(\S+\.\S+\/\S+) (v\S+)/gm),
  ];
  expect(required.length).toBeGreaterThan(10);
  const sums = read('local-services/src/ferretdb/go.sum');
  for (const [, name, version] of required) expect(sums).toContain(`${name} ${version}`);
  expect(read('local-services/src/ferretdb-binary.ts')).toContain("GOFLAGS: '-mod=readonly'");
});

test('images are named by version and digest; one that is not can be given by its digest, and the documents say how', () => {
  const texts = ['Dockerfile', 'docker-compose.yml'].map(read);
  const images = texts.flatMap((text) =>
    [...text.matchAll(/^(?:FROM |\s+image: )(\S+)/gm)].map((match) => match[1] as string),
  );
  for (const image of images.filter((each) => each.includes('@')))
    expect(image).toMatch(/:v?\d+\.\d+\.\d+[\w.-]*@sha256:[0-9a-f]{64}\}?$/);
  expect(images.length).toBeGreaterThan(5);
  const stages = new Set([...read('Dockerfile').matchAll(/ AS (\S+)/g)].map((match) => match[1]));
  const unpinned = images.filter((image) => !/@sha256:[0-9a-f]{64}/.test(image) && !stages.has(image));
  const documented = read('SECURITY.md').split('## Images')[1]?.split('\n## ')[0] ?? '';
  for (const image of unpinned) {
    // `${HAPROXY_IMAGE:-haproxy:3.0.28-alpine}`: a variable takes the digest.
    const variable = /\$\{(\w+_IMAGE)\b/.exec(image)?.[1];
    expect(variable, image).toBeDefined();
    expect(documented).toContain(`\`${variable}\``);
  }
  expect(unpinned.filter((image) => !/(haproxy|mongo):\d+\.\d+\.\d+/.test(image))).toEqual([]);
  expect(documented).toContain('@sha256:');
});

test('the bill of materials names every package of the lockfile', () => {
  const dir = mkdtempSync(join(tmpdir(), 'flipzon-sbom-'));
  try {
    const out = join(dir, 'sbom.json');
    const args = ['sbom', '--sbom-format', 'cyclonedx', '--lockfile-only', '--out', out];
    expect(spawnSync('pnpm', args, { cwd: root }).status).toBe(0);
    const { bomFormat, components } = JSON.parse(readFileSync(out, 'utf8'));
    expect(bomFormat).toBe('CycloneDX');
    const purls = new Set(components.map(({ purl }: { purl: string }) => purl));
    for (const name of Object.keys(floors))
      for (const version of versionsOf(name)) expect(purls).toContain(`pkg:npm/${name}@${version}`);
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
});
