import { readdirSync } from 'node:fs';
import { runCommand } from '@flipzon/local-services/run-command.ts';
import { beforeAll, describe, expect, it } from 'vitest';
import { readConfig } from '../../src/config.ts';
import { ensurePython, type Python } from '../_support/python-packages.ts';
import { inRepository, readYaml, readYamlDocuments } from '../_support/repository.ts';

interface Resource {
  kind: string;
  metadata: { name: string };
  // biome-ignore lint/suspicious/noExplicitAny: what it looks like is what the schemas say.
  spec: any;
}

const folder = 'deploy/kubernetes';
const { resources, configMapGenerator } = readYaml<{
  resources: string[];
  configMapGenerator: { name: string; literals: string[] }[];
}>(`${folder}/kustomization.yaml`);
const all = resources.flatMap((file) => readYamlDocuments<Resource>(`${folder}/${file}`));
const the = (kind: string, name = 'node') =>
  all.find((resource) => resource.kind === kind && resource.metadata.name === name) as Resource;
const pod = the('Deployment').spec.template;
const [container] = pod.spec.containers;

describe('the manifests for Kubernetes', () => {
  let python: Python;
  beforeAll(async () => {
    python = await ensurePython('kubernetes-validate');
  }, 130_000);

  it('are what the schemas of Kubernetes ask for, without a field that they do not know', async () => {
    const files = resources.map((file) => inRepository(`${folder}/${file}`));
    const { ok, output } = await runCommand(
      python.path,
      ['-m', 'kubernetes_validate', '-k', '1.37', '--strict', ...files],
      { timeoutMs: 60_000, env: { PYTHONPATH: python.packages, PYTHONDONTWRITEBYTECODE: '1' } },
    );
    expect(ok, output).toBe(true);
    expect(output.match(/ passed for resource /g)).toHaveLength(all.length);
  });

  it('are all listed', () => {
    const others = ['kustomization.yaml', 'prometheus-adapter-values.yaml', 'README.md'];
    expect(readdirSync(inRepository(folder)).sort()).toEqual([...resources, ...others].sort());
  });

  it('mean the same pods', () => {
    const { labels } = pod.metadata;
    for (const selector of [
      the('Deployment').spec.selector.matchLabels,
      the('Service').spec.selector,
      the('PodDisruptionBudget').spec.selector.matchLabels,
      the('NetworkPolicy').spec.podSelector.matchLabels,
    ])
      expect(labels).toMatchObject(selector);
    expect(the('HorizontalPodAutoscaler').spec.scaleTargetRef).toMatchObject({
      kind: 'Deployment',
      name: 'node',
    });
    expect(the('Service').spec.sessionAffinity).toBe('None');
  });

  it('stop a node only when no new connections go there, and give it the time that draining takes', () => {
    const seconds = container.lifecycle.preStop.sleep.seconds;
    const { periodSeconds, failureThreshold } = container.readinessProbe;
    expect(seconds).toBeGreaterThan(periodSeconds * failureThreshold);
    // main.ts gives up draining after 15 seconds.
    expect(pod.spec.terminationGracePeriodSeconds).toBeGreaterThan(seconds + 15);
  });

  it('scale on the sockets, by a metric that the adapter makes', () => {
    const [metric] = the('HorizontalPodAutoscaler').spec.metrics;
    const { rules } = readYaml<{ rules: { custom: { name: { as: string } }[] } }>(
      `${folder}/prometheus-adapter-values.yaml`,
    );
    expect(metric.pods.metric.name).toBe('flipzon_sockets');
    expect(rules.custom.map(({ name }) => name.as)).toEqual(['flipzon_sockets']);
  });

  it('give the nodes an environment that they accept', () => {
    const settings = configMapGenerator.flatMap(({ literals }) =>
      literals.map((literal) => literal.split(/=(.*)/s).slice(0, 2) as [string, string]),
    );
    const secret = { REDIS_URL: 'redis://r:6379', MONGODB_URI: 'mongodb://m', JWT_SECRET: 'x'.repeat(32) };
    const result = readConfig({ ...Object.fromEntries(settings), ...secret });
    expect(result.ok, JSON.stringify(result)).toBe(true);
    const known = Object.keys(result.ok ? result.config : {});
    expect(settings.map(([name]) => name).filter((name) => !known.includes(name))).toEqual([]);
  });
});
