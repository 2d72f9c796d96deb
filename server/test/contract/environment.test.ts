import { expect, it } from 'vitest';
import { readConfig } from '../../src/config.ts';

const good = {
  REDIS_URL: 'redis://127.0.0.1:6379',
  MONGODB_URI: 'mongodb://127.0.0.1:27017',
  JWT_SECRET: 'a secret for tests, 32 bytes or more',
};

it('the environment’s defaults are those of the contract', () => {
  expect(readConfig(good)).toMatchObject({
    ok: true,
    config: {
      PORT: 3000,
      HOST: '127.0.0.1',
      DEMO_LOGIN: false,
      SALE_TIME_ZONE: 'Asia/Kolkata',
      CURRENCY: 'USD',
      PAYMENT_PROVIDER: 'none',
      RATE_LIMIT_BUY: { points: 5, perMs: 1000 },
      ADMISSION_RATE: { points: 2000, perMs: 1000 },
      ALLOWED_ORIGINS: [],
      TRANSPORTS: ['websocket'],
      LOG_LEVEL: 'info',
    },
  });
});

it('several Redis addresses mean a cluster, several origins a list', () => {
  expect(
    readConfig({
      ...good,
      REDIS_URL: 'rediss://one:6379, rediss://two:6379',
      ALLOWED_ORIGINS: 'https://shop.example, http://127.0.0.1:5173',
      TRANSPORTS: 'websocket,polling',
    }),
  ).toMatchObject({
    ok: true,
    config: {
      REDIS_URL: ['rediss://one:6379', 'rediss://two:6379'],
      ALLOWED_ORIGINS: ['https://shop.example', 'http://127.0.0.1:5173'],
      TRANSPORTS: ['websocket', 'polling'],
    },
  });
});

it.each([
  ['PORT', '65536', '"65536"', '0 to 65535'],
  ['REDIS_URL', 'localhost:6379', '"localhost:6379"', 'redis://'],
  ['REDIS_URL', 'redis://one:6379,http://two', '"redis://one:6379,http://two"', 'redis://'],
  ['REDIS_URL', 'redis://one,rediss://two', '"redis://one,rediss://two"', 'of one kind'],
  ['HOST', '[::1]', '"[::1]"', 'without brackets'],
  ['ALLOW_UNSAFE_REDIS', 'yes', '"yes"', 'true or false'],
  ['MONGODB_URI', 'mysql://db', '"mysql://db"', 'mongodb://'],
  ['SALE_TIME_ZONE', 'Asia/Kolkatta', '"Asia/Kolkatta"', 'IANA'],
  ['CURRENCY', 'usd', '"usd"', 'ISO 4217'],
  ['PAYMENT_PROVIDER', 'stripe', '"stripe"', 'none or external'],
  ['PAYMENT_PROVIDER', 'demo', '"demo"', 'none or external'],
  ['ROLE_CLAIM', 'sub', '"sub"', 'administrator'],
  ['ROLE_CLAIM', 'email', '"email"', 'administrator'],
  ['ROLE_VIEWER', 'customer', '"customer"', 'not customer'],
  ['ROLE_OWNER', 'operator', '"operator"', 'no value that ROLE_OPERATOR has'],
  ['ROLE_OPERATOR', 'staff,viewer', '"staff,viewer"', 'no value that ROLE_VIEWER has'],
  ['RATE_LIMIT_BUY', 'often', '"often"', '5/1s'],
  ['RATE_LIMIT_BUY', '0/1s', '"0/1s"', '5/1s'],
  ['ADMISSION_RATE', '2000', '"2000"', '2000/1s'],
  ['ALLOWED_ORIGINS', 'shop.example', '"shop.example"', 'https://shop.example'],
  ['ALLOWED_ORIGINS', 'https://shop.example/page', '"https://shop.example/page"', 'https://shop.example'],
  ['ALLOWED_ORIGINS', '*', '"*"', 'https://shop.example'],
  ['TRANSPORTS', 'carrier-pigeon', '"carrier-pigeon"', 'websocket,polling'],
  ['LOG_LEVEL', 'loud', '"loud"', 'debug'],
  ['DEMO_LOGIN', 'yes', '"yes"', 'true or false'],
  ['JWT_SECRET', 'too short', '9 characters', '32 bytes'],
])('a bad %s, %j, is named with what was given and what is accepted', (name, value, shown, accepted) => {
  const result = readConfig({ ...good, [name]: value });
  expect(result.ok).toBe(false);
  const problems = result.ok ? [] : result.problems;
  expect(problems).toHaveLength(1);
  for (const part of [name, shown, accepted]) expect(problems[0]).toContain(part);
});

it('secrets are not repeated', () => {
  const result = readConfig({ MONGODB_URI: 'mysql://user:hunter2@db', JWT_SECRET: 'hunter3' });
  expect(JSON.stringify(result)).not.toMatch(/hunter/);
});
