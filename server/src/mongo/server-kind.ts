import type { Connection } from 'mongoose';

/** FerretDB on SQLite finds a document by its id, and goes through all of them for anything else. */
export async function scansForAllButIds(connection: Connection): Promise<boolean> {
  const build = await connection.db?.admin().command({ buildInfo: 1 });
  return typeof build?.ferretdbVersion === 'string';
}
