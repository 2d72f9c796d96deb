import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
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

test('a version is three days old before it is taken, and no package runs a script of its own', () => {
  expect(workspace).toMatch(/^minimumReleaseAge: 4320$/m);
  const builds = workspace.split('allowBuilds:\n')[1]?.match(/^ {2}.*$/gm) ?? [];
  expect(builds.length).toBeGreaterThan(0);
  expect(builds.filter((line) => !line.endsWith(': false'))).toEqual([]);
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
