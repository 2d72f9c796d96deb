const include = /^--- @include "([\w-]+)"\n/m;

/**
 * The text of a script with its includes in place: a line `--- @include "name"` is replaced by the text that `read` returns for that name, which may
 * include others. A piece that is included twice is written once, where it comes first.
 */
export function joinScript(text: string, read: (name: string) => string): string {
  const included = new Set<string>();
  let joined = text;
  for (let next = include.exec(joined); next !== null; next = include.exec(joined)) {
    const [line, name = ''] = next;
    const piece = included.has(name) ? '' : read(name);
    included.add(name);
    joined = joined.slice(0, next.index) + piece + joined.slice(next.index + line.length);
  }
  const left = joined.split('\n').find((line) => line.includes('@include'));
  if (left !== undefined) throw new Error(`this include can't be read: ${left}`);
  return joined;
}
