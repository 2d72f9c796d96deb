import { expect, it } from 'vitest';
import { isLoopback, originHere, originOf } from '../../src/shared/address.ts';
import { startWarnings } from '../../src/wiring/start-warnings.ts';

const quiet = {
  HOST: '127.0.0.1',
  DEMO_LOGIN: false,
  ALLOW_UNSAFE_REDIS: false,
  CRASH_AT: undefined,
  JWT_JWKS_URL: undefined,
  JWT_ISSUER: undefined,
  JWT_AUDIENCE: undefined,
  CHALLENGE_CAPTCHA_URL: undefined,
  CHALLENGE_CAPTCHA_HOSTNAMES: [],
  ALLOWED_ORIGINS: [],
};

it('a node that keeps what it answers and requires tokens has no warnings', () => {
  expect(startWarnings(quiet, [])).toEqual([]);
  expect(startWarnings({ ...quiet, HOST: '0.0.0.0' }, [])).toEqual([]);
  for (const HOST of ['127.0.0.1', '127.0.0.2', '::1', 'localhost', '::ffff:127.0.0.1'])
    expect(startWarnings({ ...quiet, HOST, DEMO_LOGIN: true }, [])).toEqual([]);
});

it.each(['0.0.0.0', '::', '192.168.1.5', 'shop.example', '128.0.0.1'])(
  'the demo login on HOST %s is warned of',
  (HOST) => {
    expect(startWarnings({ ...quiet, HOST, DEMO_LOGIN: true }, [])).toEqual([
      expect.stringMatching(new RegExp(`POST /login is on.*${HOST}.*DEMO_LOGIN=false`)),
    ]);
  },
);

it('a node warns of a Redis that may lose claims, even if it is allowed', () => {
  const reasons = ['appendonly no: claims are gone after a restart'];
  expect(startWarnings(quiet, reasons)).toEqual([expect.stringMatching(/appendonly no.*No real sale/)]);
  expect(startWarnings({ ...quiet, ALLOW_UNSAFE_REDIS: true }, reasons)).toEqual([
    expect.stringMatching(/appendonly no.*allowed.*ALLOW_UNSAFE_REDIS/),
  ]);
});

it('a node warns of a provider whose tokens for other applications would be accepted', () => {
  const provided = { ...quiet, JWT_JWKS_URL: 'https://id.example/keys' };
  expect(startWarnings(provided, [])).toEqual([expect.stringMatching(/without JWT_ISSUER and JWT_AUDIENCE/)]);
  expect(startWarnings({ ...provided, JWT_ISSUER: 'https://id.example' }, [])).toEqual([
    expect.stringMatching(/without JWT_AUDIENCE:/),
  ]);
  expect(startWarnings({ ...provided, JWT_ISSUER: 'i', JWT_AUDIENCE: 'shop' }, [])).toEqual([]);
});

it('a node warns of a captcha that may have been solved on any page', () => {
  const captcha = { ...quiet, CHALLENGE_CAPTCHA_URL: 'https://captcha.example/siteverify' };
  expect(startWarnings(captcha, [])).toEqual([expect.stringMatching(/CHALLENGE_CAPTCHA_HOSTNAMES/)]);
  expect(startWarnings({ ...captcha, ALLOWED_ORIGINS: ['https://shop.example'] }, [])).toEqual([]);
  expect(startWarnings({ ...captcha, CHALLENGE_CAPTCHA_HOSTNAMES: ['shop.example'] }, [])).toEqual([]);
});

it('an address is what is listened on, IPv6 in brackets', () => {
  expect(originOf('::1', 80)).toBe('http://[::1]:80');
  expect(originOf('127.0.0.2', 80)).toBe('http://127.0.0.2:80');
  expect([originHere('0.0.0.0', 80), originHere('::', 80), originHere('::1', 80)]).toEqual([
    'http://127.0.0.1:80',
    'http://[::1]:80',
    'http://[::1]:80',
  ]);
  expect(isLoopback('[::1]')).toBe(true);
});
