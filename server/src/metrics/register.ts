import type { Metric, Registry } from 'prom-client';

interface Value {
  metricName?: string;
  labels: Record<string, string | number>;
  value: number;
}

/** A metric that is kept elsewhere and read at each request; prom-client only formats it. */
export function register(
  registry: Registry,
  what: { name: string; help: string; type: 'counter' | 'gauge' | 'histogram' },
  read: () => Value[] | Promise<Value[]>,
): void {
  const metric = { ...what, get: async () => ({ ...what, aggregator: 'sum', values: await read() }) };
  registry.registerMetric(metric as unknown as Metric);
}
