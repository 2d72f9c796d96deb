import { expect, it } from 'vitest';
import { ownPath } from '../../src/identity/own-path.ts';

it.each([
  ['/', '/'],
  ['/console#watch', '/console#watch'],
  ['/?a=b&c=https://evil.example', '/?a=b&c=https://evil.example'],
  ['/sales/1/report', '/sales/1/report'],
  ['/a/../b', '/b'],
  ['/?q=ü', '/?q=%C3%BC'],
])('%j is a path of the shop', (text, path) => {
  expect(ownPath(text)).toBe(path);
});

it.each([
  '',
  'console',
  'https://evil.example',
  '//evil.example',
  '/\\evil.example',
  '\\\\evil.example',
  '/\t/evil.example',
  '/\n/evil.example',
  '/.//evil.example',
  '/a/..//evil.example',
  ' //evil.example',
  'javascript:alert(1)',
  '/auth/login?return=/',
  '/x/../auth/callback',
  `/${'x'.repeat(500)}`,
  `/${'ü'.repeat(100)}`,
])('%j is none', (text) => {
  expect(ownPath(text)).toBeNull();
});
