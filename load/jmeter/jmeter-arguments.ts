import { dirname, join } from 'node:path';
import type { ToolOptions } from '../tool-runner/tool-options.ts';

export interface JmeterFiles {
  home: string;
  /** The folder of the plans and of the scripts that they call. */
  plans: string;
  tokens: string;
  results: string;
  log: string;
}

/** What the results are made of: of each sample its label, time, code and success, and nothing that could hold a tab. */
const unsaved = [
  'thread_name',
  'data_type',
  'response_message',
  'assertion_results_failure_message',
  'bytes',
  'sent_bytes',
  'thread_counts',
  'url',
  'latency',
  'connect_time',
  'idle_time',
  'subresults',
];

/** The arguments of `java` for one headless run. */
export function jmeterArguments(
  { transport, url, customers, arriveS }: Pick<ToolOptions, 'transport' | 'url' | 'customers' | 'arriveS'>,
  { home, plans, tokens, results, log }: JmeterFiles,
): string[] {
  const { protocol, hostname, port } = new URL(url);
  const secure = protocol === 'https:';
  const properties: Record<string, string> = {
    protocol: secure ? 'https' : 'http',
    tls: String(secure),
    host: hostname,
    port: port || (secure ? '443' : '80'),
    customers: String(customers),
    arriveS: String(arriveS),
    tokens,
    plans,
    // No port for commands from outside.
    'jmeterengine.nongui.port': '0',
    'jmeter.save.saveservice.output_format': 'csv',
    'jmeter.save.saveservice.default_delimiter': '\\t',
    ...Object.fromEntries(unsaved.map((name) => [`jmeter.save.saveservice.${name}`, 'false'])),
  };
  return [
    // A thread a customer: small stacks, and a heap that is bounded.
    '-Xss512k',
    '-Xmx1g',
    '-Djava.awt.headless=true',
    `-Djmeter.home=${home}`,
    // Java's preferences, which a run has no use for, go with the run's folder instead of staying in the user's.
    `-Djava.util.prefs.userRoot=${dirname(log)}`,
    '-cp',
    join(home, 'lib', '*'),
    'org.apache.jmeter.NewDriver',
    '-n',
    ...['-t', join(plans, `${transport}.jmx`)],
    ...['-l', results],
    ...['-j', log],
    ...['-p', join(home, 'bin', 'jmeter.properties')],
    ...Object.entries(properties).map(([name, value]) => `-J${name}=${value}`),
  ];
}
