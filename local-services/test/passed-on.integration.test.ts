import { passedOn } from '@flipzon/local-services/passed-on.ts';
import { runCommand } from '@flipzon/local-services/run-command.ts';
import { afterEach, expect, test, vi } from 'vitest';

afterEach(() => vi.unstubAllEnvs());

const secrets = {
  JWT_SECRET: 'secret-of-the-tokens',
  JWT_SECRET_PREVIOUS: 'secret-of-before',
  REDIS_URL: 'redis://nodes:secret-of-redis@127.0.0.1',
  REDIS_RECOVERY_URL: 'redis://recovery:secret-of-recovery@127.0.0.1',
  MONGODB_URI: 'mongodb://flipzon:secret-of-mongodb@127.0.0.1',
  CHALLENGE_CAPTCHA_SECRET: 'secret-of-the-captcha',
  AWS_SECRET_ACCESS_KEY: 'secret-of-something-else',
  GOOGLE_APPLICATION_CREDENTIALS: '/secret/of/a/cloud.json',
};

test('a tool that is run gets what tools need of the environment, and no secret', async () => {
  for (const [name, value] of Object.entries({ ...secrets, GOPROXY: 'https://a.test', LC_ALL: 'C' }))
    vi.stubEnv(name, value);
  const { output } = await runCommand('env', [], { timeoutMs: 10_000, env: { ASKED_FOR: 'yes' } });
  expect(output).not.toMatch(/secret/i);
  const lines = output.split('\n');
  expect(lines).toEqual(
    expect.arrayContaining([
      'GOPROXY=https://a.test',
      'LC_ALL=C',
      'ASKED_FOR=yes',
      `PATH=${process.env.PATH}`,
    ]),
  );
});

test('a server that is started gets less than a tool', () => {
  const env = {
    ...secrets,
    PATH: '/bin',
    TZ: 'UTC',
    LC_TIME: 'C',
    HTTPS_PROXY: 'http://a:b@c.test',
    PIP_INDEX_URL: 'x',
  };
  expect(passedOn('program', env)).toEqual({ PATH: '/bin', TZ: 'UTC', LC_TIME: 'C' });
  expect(Object.keys(passedOn('tool', env))).toEqual([
    'PATH',
    'TZ',
    'LC_TIME',
    'HTTPS_PROXY',
    'PIP_INDEX_URL',
  ]);
});
