import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { jmeterArguments } from '../../jmeter/jmeter-arguments.ts';
import { judgeRun } from '../../jmeter/judge-run.ts';
import { describeResults, readResults } from '../../jmeter/read-results.ts';

const results = readResults(
  [
    'timeStamp\telapsed\tlabel\tresponseCode\tsuccess',
    '1\t5\tconnect\t101\ttrue',
    '1\t9\tconnect\t101\ttrue',
    '2\t3\tanswer: claimed\t200\ttrue',
    '2\t4\tanswer: sold_out\t200\ttrue',
    '3\t7\tframe\tclosed by the shop\tfalse',
    '',
  ].join('\n'),
);

test('the results are counted by label, with what failed and why', () => {
  expect(results).toMatchObject({ failed: 1, answered: 2, failures: { 'frame: closed by the shop': 1 } });
  expect(results.labels.find(({ label }) => label === 'connect')).toEqual({
    label: 'connect',
    count: 2,
    failed: 0,
    p50Ms: 9,
    p99Ms: 9,
    maxMs: 9,
  });
  expect(describeResults(results)).toContain('failed 1 × frame: closed by the shop');
});

test('a file without the columns is no result', () => {
  expect(() => readResults('')).toThrow('elapsed');
});

test('a run passes when JMeter exited with 0, nothing failed and every customer got an answer', () => {
  const ended = { code: 'exited', exitCode: 0 } as const;
  const clean = { ...results, failed: 0 };
  expect(judgeRun(ended, clean, 2).passed).toBe(true);
  expect(judgeRun(ended, clean, 3).passed).toBe(false);
  expect(judgeRun(ended, results, 2).passed).toBe(false);
  expect(judgeRun(ended, null, 2).passed).toBe(false);
  expect(judgeRun({ code: 'exited', exitCode: 1 }, clean, 2).passed).toBe(false);
  expect(judgeRun({ code: 'failed', message: 'it was not done' }, clean, 2).passed).toBe(false);
});

test('the shop’s address is passed in the parts that JMeter expects', () => {
  const files = { home: '/j', plans: '/p', tokens: 't.csv', results: '/r/r.tsv', log: '/r/j.log' };
  const args = (url: string) => jmeterArguments({ transport: 'http', url, customers: 7, arriveS: 3 }, files);
  expect(args('http://127.0.0.1:3000')).toEqual(
    expect.arrayContaining([
      '-Jhost=127.0.0.1',
      '-Jport=3000',
      '-Jtls=false',
      '-Jcustomers=7',
      '/p/http.jmx',
    ]),
  );
  expect(args('https://shop.example')).toEqual(
    expect.arrayContaining(['-Jhost=shop.example', '-Jport=443', '-Jtls=true', '-Jprotocol=https']),
  );
});

test.each(['http', 'socket'])(
  'the %s plan calls its script and takes every property that it is given',
  (transport) => {
    const folder = join(import.meta.dirname, '../../jmeter');
    const plan = readFileSync(join(folder, `${transport}.jmx`), 'utf8');
    const script = readFileSync(join(folder, `${transport}-customer.groovy`), 'utf8');
    expect(plan).toContain(`${transport}-customer.groovy`);
    for (const name of ['customers', 'arriveS', 'tokens', 'plans', 'host', 'port'])
      expect(plan).toContain(`\${__P(${name},`);
    // A variable that the script writes and the plan does not declare would be one that no branch looks at.
    const written = new Set([...script.matchAll(/vars\.put\('(\w+)'/g)].map((match) => match[1]));
    for (const name of written) expect(plan).toContain(`<elementProp name="${name}" elementType="Argument">`);
  },
);
