/** `MS~ID` of the last row of a page: the next page begins after it, even if rows were added since. */
const cursorForm = /^(\d{1,15})~(.+)$/s;

/** Filter and order for one page of rows, newest first; rows of one millisecond by their ids. An unknown cursor finds nothing. */
export function newestFirst<Field extends string>(field: Field, before: string | undefined, filter: object) {
  const order = { [field]: -1, _id: -1 } as Record<Field | '_id', -1>;
  if (before === undefined) return { filter, order };
  const { at, id } = readCursor(before);
  return { filter: { ...filter, $or: [{ [field]: { $lt: at } }, { [field]: at, _id: { $lt: id } }] }, order };
}

/** An unknown cursor is older than every row. */
export function readCursor(cursor: string): { at: Date; id: string } {
  const [, ms = '0', id = ''] = cursorForm.exec(cursor) ?? [];
  return { at: new Date(Number(ms)), id };
}

/** `rows` may hold one more than `limit`, which shows that there is a next page. */
export function pageOf<Row extends { _id: string }>(
  rows: readonly Row[],
  limit: number,
  timeOf: (row: Row) => Date,
): { rows: Row[]; next: string | null } {
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  const next = rows.length > limit && last !== undefined ? `${timeOf(last).getTime()}~${last._id}` : null;
  return { rows: page, next };
}
