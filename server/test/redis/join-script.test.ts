import { describe, expect, it } from 'vitest';
import { joinScript } from '../../src/redis/join-script.ts';
import { textsOf } from '../../src/redis/scripts.ts';

const pieces: Readonly<Record<string, string>> = {
  a: "local a = '%S+$'\n",
  'needs-a': '--- @include "a"\n\nlocal b = a\n',
};
const read = (name: string): string => {
  const piece = pieces[name];
  if (piece === undefined) throw new Error(`no ${name}`);
  return piece;
};

describe('joinScript', () => {
  it('puts a piece in the place of its include, and what that piece includes before it', () => {
    expect(joinScript('#!lua\n--- @include "needs-a"\n\nreturn b\n', read)).toBe(
      "#!lua\nlocal a = '%S+$'\n\nlocal b = a\n\nreturn b\n",
    );
  });

  it('writes a piece once, however often it is included', () => {
    const joined = joinScript('--- @include "a"\n--- @include "needs-a"\n--- @include "a"\nreturn b\n', read);
    expect(joined).toBe("local a = '%S+$'\n\nlocal b = a\nreturn b\n");
  });

  it('refuses a piece that is missing', () => {
    expect(() => joinScript('--- @include "other"\nreturn 1\n', read)).toThrow('no other');
  });

  it('refuses an include that it cannot read', () => {
    expect(() => joinScript('--- @include a\nreturn 1\n', read)).toThrow('@include a');
  });
});

describe('the scripts', () => {
  it('come with every include joined, and define nothing twice', () => {
    for (const text of textsOf('a generation')) {
      expect(text).not.toContain('@include');
      const defined = [...text.matchAll(/^local function (\w+)/gm)].map((match) => match[1]);
      expect(defined).toEqual([...new Set(defined)]);
    }
  });
});
