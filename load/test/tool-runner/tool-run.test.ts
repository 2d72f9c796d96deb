import type { AuditReport } from '@flipzon/protocol/audit-schemas.ts';
import { expect, test } from 'vitest';
import { judgeToolRun, type ToolRunEvidence } from '../../tool-runner/judge-tool-run.ts';
import { parseToolOptions, type ToolOptions } from '../../tool-runner/tool-options.ts';

const tool = { name: 'tool', description: '', notes: '' };

function options(...argv: string[]): ToolOptions {
  const parsed = parseToolOptions(tool, argv);
  if (parsed.code !== 'run') throw new Error(parsed.text);
  return parsed.options;
}

test('500 customers by socket, unless the arguments say otherwise', () => {
  expect(options()).toMatchObject({ transport: 'socket', url: 'http://127.0.0.1:3000', customers: 500 });
  expect(options('http', '--customers', '300', '--url', 'http://127.0.0.1:3001/x')).toMatchObject({
    transport: 'http',
    url: 'http://127.0.0.1:3001',
    customers: 300,
  });
});

test.each([['smtp'], ['--customers', '5001'], ['--customers', '0'], ['--url', 'shop'], ['--lead-s', '']])(
  '%s %s is refused with exit code 2',
  (...argv) => {
    expect(parseToolOptions(tool, argv)).toMatchObject({ code: 'exit', exitCode: 2 });
  },
);

const audit = {
  clean: true,
  quantity: 100,
  orders: 100,
  remaining: 0,
  checks: [{ invariant: 'units are distinct', holds: true, detail: '', offending: [] }],
} as unknown as AuditReport;
const good: ToolRunEvidence = {
  customers: 300,
  quantity: 100,
  audit,
  tool: { name: 'JMeter', passed: true, says: 'no sample failed' },
};
const broken = (evidence: Partial<ToolRunEvidence>) =>
  judgeToolRun({ ...good, ...evidence }).filter(({ holds }) => !holds).length;

test('holds when the tool is content, what could be sold was, and the audit is clean', () => {
  expect(broken({})).toBe(0);
});

test('each of them alone breaks it', () => {
  expect(broken({ tool: { ...good.tool, passed: false } })).toBe(1);
  expect(broken({ audit: { ...audit, orders: 99, remaining: 1 } })).toBe(1);
  expect(broken({ audit: { ...audit, orders: 101, remaining: -1 } })).toBe(1);
  expect(broken({ audit: { ...audit, clean: false } })).toBe(1);
  expect(broken({ audit: null })).toBe(1);
});

test('fewer customers than units: each must have got one', () => {
  expect(broken({ customers: 60, audit: { ...audit, orders: 60, remaining: 40 } })).toBe(0);
  expect(broken({ customers: 60, audit: { ...audit, orders: 59, remaining: 41 } })).toBe(1);
});
