import { expect, it } from 'vitest';
import { isUnchanged } from '../../src/http/is-unchanged.ts';

it.each([
  ['its own', '"a"', true],
  ['its own, marked as weak by a proxy', 'W/"a"', true],
  ['one of several', '"b", W/"a" ,"c"', true],
  ['any', '*', true],
  ['another', '"b"', false],
  ['none', undefined, false],
])('a client that names %s version', (_name, named, expected) => {
  const headers = named === undefined ? {} : { 'if-none-match': named };
  expect(isUnchanged({ headers }, '"a"')).toBe(expected);
});
