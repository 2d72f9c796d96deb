import { globSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { inRepository, readRepository, readYaml } from '../_support/repository.ts';

interface Step {
  uses?: string;
  run?: string;
  with?: Record<string, unknown>;
}
interface Workflow {
  on: Record<string, unknown>;
  permissions: Record<string, string>;
  jobs: Record<string, { uses?: string; needs?: string; steps?: Step[] }>;
}

const workflow = (name: string) => readYaml<Workflow>(`.github/workflows/${name}.yml`);
const ci = workflow('ci');
const release = workflow('release');

describe('the workflows', () => {
  it('pin every action by a commit, with its release beside it', () => {
    const files = globSync('.github/workflows/*.yml', { cwd: inRepository('.') });
    const uses = files.flatMap((file) => [...readRepository(file).matchAll(/^.*\buses: (?!\.\/).*$/gm)]);
    expect(uses.length).toBeGreaterThan(5);
    for (const [line] of uses) expect(line).toMatch(/uses: [\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
  });

  it('may read the repository and nothing else, unless a job says so', () => {
    for (const { permissions } of [ci, release]) expect(permissions).toEqual({ contents: 'read' });
  });

  it('test each push and each pull request by what .ci/run runs', () => {
    expect(Object.keys(ci.on)).toEqual(expect.arrayContaining(['push', 'pull_request']));
    expect(ci.jobs.test?.steps?.map(({ run }) => run)).toContain('.ci/run');
    expect(readRepository('.ci/run')).toMatch(/^npm run --silent verify[^\n]*\nnpm test --silent$/m);
  });

  it('release only what the tests accept, for two processors, with a bill of materials and provenance', () => {
    const { test, image } = release.jobs;
    expect(test?.uses).toBe('./.github/workflows/ci.yml');
    expect(image?.needs).toBe('test');
    const build = image?.steps?.find(({ uses }) => uses?.startsWith('docker/build-push-action@'));
    expect(build?.with).toMatchObject({
      platforms: 'linux/amd64,linux/arm64',
      push: true,
      sbom: true,
      provenance: 'mode=max',
    });
  });
});

it('packages, API documents, manifests and the change log name the same version', () => {
  const { version } = JSON.parse(readRepository('package.json')) as { version: string };
  const packages = globSync('*/package.json', { cwd: inRepository('.') });
  expect(packages.length).toBeGreaterThan(5);
  for (const file of packages) expect(JSON.parse(readRepository(file)).version, file).toBe(version);
  expect(readRepository('deploy/kubernetes/kustomization.yaml')).toContain(`newTag: "${version}"`);
  const released = /^## \[(\d[^\]]*)\]/m.exec(readRepository('CHANGELOG.md'))?.[1];
  expect(released).toBe(version);
});
