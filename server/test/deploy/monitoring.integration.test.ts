import { findOnPath } from '@flipzon/local-services/find-on-path.ts';
import { runCommand } from '@flipzon/local-services/run-command.ts';
import { parser } from '@prometheus-io/lezer-promql';
import { beforeAll, describe, expect, inject, it } from 'vitest';
import { firstCells } from '../_support/document-tables.ts';
import { inRepository, readRepository, readYaml } from '../_support/repository.ts';
import { openShop } from '../_support/shop.ts';

interface Rules {
  groups: { rules: { alert: string; expr: string; annotations: { summary: string; what: string } }[] }[];
}
interface Dashboard {
  panels: { title: string; targets?: { expr: string }[] }[];
}

const alerts = readYaml<Rules>('deploy/prometheus/alerts.yml').groups.flatMap(({ rules }) => rules);
const { panels } = JSON.parse(readRepository('deploy/grafana/dashboards/flipzon.json')) as Dashboard;
const shown = panels.flatMap(({ title, targets = [] }) =>
  targets.map(({ expr }) => [title, expr.replaceAll('$__rate_interval', '1m')] as const),
);
const asked = [...alerts.map(({ alert, expr }) => [alert, expr] as const), ...shown];

/** The metrics that a query names; throws where it is no PromQL. */
function metricsIn(query: string): string[] {
  const names: string[] = [];
  parser.parse(query).iterate({
    enter: ({ type, from, to }) => {
      if (type.isError) throw new Error(`no PromQL at ${from}: ${query}`);
      if (type.name === 'VectorSelector') {
        const name = /^[a-zA-Z_:][\w:]*/.exec(query.slice(from, to))?.[0];
        if (name !== undefined) names.push(name);
      }
    },
  });
  return names;
}

/** What Prometheus makes of a scrape by itself. */
const ofPrometheus = ['up'];

describe('dashboard and alerts', () => {
  let there: Set<string>;
  beforeAll(async () => {
    await using shop = await openShop(inject('mongodbUri'));
    await shop.startSale({ quantity: 1 });
    await shop.request('POST', '/buy', { token: await shop.token('ann') });
    const { text } = (await shop.request<{ text: string }>('GET', '/metrics')).body;
    there = new Set(
      [...text.matchAll(/^# TYPE (\S+) (\S+)$/gm)].flatMap(([, name = '', type]) =>
        type === 'histogram' ? [`${name}_bucket`, `${name}_sum`, `${name}_count`] : [name],
      ),
    );
  });

  it.each(asked)('%s asks for metrics that a node has: %s', (_, query) => {
    const names = metricsIn(query);
    expect(names.length).toBeGreaterThan(0);
    expect(names.filter((name) => !there.has(name) && !ofPrometheus.includes(name))).toEqual([]);
  });

  it('have their names from docs/metrics.md, which lists every metric of ours', () => {
    const listed = firstCells('docs/metrics.md')
      .map((name) => name.replace(/\{.*/, ''))
      .filter((name) => name.startsWith('flipzon_'));
    const ours = [...there].filter((name) => name.startsWith('flipzon_') && !/_(?:sum|count)$/.test(name));
    expect(listed.toSorted()).toEqual(ours.map((name) => name.replace(/_bucket$/, '')).toSorted());
  });

  it('would notice a query that is none, and a metric that there is not', () => {
    expect(() => metricsIn('sum(rate(flipzon_buys_total[1m])')).toThrow('no PromQL');
    expect(metricsIn('sum by (le) (rate(flipzon_nothing{a="b"}[1m])) / up')).toEqual([
      'flipzon_nothing',
      'up',
    ]);
    expect(there.has('flipzon_nothing')).toBe(false);
  });

  it('say what is the matter and what to do', () => {
    expect(alerts.length).toBeGreaterThan(10);
    for (const { annotations } of alerts)
      expect(Object.keys(annotations).sort()).toEqual(['summary', 'what']);
    expect(new Set(alerts.map(({ alert }) => alert)).size).toBe(alerts.length);
  });

  const promtool = findOnPath('promtool');
  it.skipIf(promtool === undefined)('are what promtool accepts, where there is one', async () => {
    const config = inRepository('deploy/prometheus/prometheus.yml');
    const { ok, output } = await runCommand(promtool as string, ['check', 'config', config], {
      timeoutMs: 30_000,
    });
    expect(ok, output).toBe(true);
  });
});
