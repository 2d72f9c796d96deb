import { expect, it } from 'vitest';
import { createCookieJar } from '../../src/identity/cookies.ts';

const session = { name: 'session', value: 'a', seconds: 60, sameSite: 'strict' } as const;

it('over https, a cookie is bound to this host and to TLS, and one without the prefix is not read', () => {
  const jar = createCookieJar(() => true);
  const set = jar.set(session);
  expect(set).toMatch(/^__Host-session=a;/);
  for (const attribute of ['Path=/', 'Secure', 'HttpOnly', 'SameSite=Strict'])
    expect(set.split('; ')).toContain(attribute);
  expect(set).not.toContain('Domain');
  expect(jar.clear(session)).toMatch(/^__Host-session=; Max-Age=0/);
  expect(jar.read('session=of another host', 'session')).toBeNull();
  expect(jar.read('__Host-session=b', 'session')).toBe('b');
  expect([...jar.readAll('__Host-in-1=x; in-2=y', 'in-')]).toEqual([['1', 'x']]);
});

it('over http, on the machine itself, it has its plain name', () => {
  const jar = createCookieJar(() => false);
  expect(jar.set(session)).toMatch(/^session=a;/);
  expect(jar.set(session)).not.toContain('Secure');
  expect(jar.read('session=b', 'session')).toBe('b');
});
