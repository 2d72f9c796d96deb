export const json = 'application/json; charset=utf-8';

const written = new WeakMap<object, Buffer>();

/** A shared answer as JSON: serialized once for as long as the answer is kept, and the same bytes for all clients. */
export function writtenOnce(answer: object): Buffer {
  const known = written.get(answer);
  if (known !== undefined) return known;
  const bytes = Buffer.from(JSON.stringify(answer));
  written.set(answer, bytes);
  return bytes;
}
