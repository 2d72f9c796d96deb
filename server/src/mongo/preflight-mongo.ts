import type { Connection } from 'mongoose';
import type { Probe } from '../operator/preflight.ts';
import type { Clock } from '../sale/ports.ts';
import { durable } from './durable.ts';

const offsetMsMax = 2_000;

/** Checks which server it is, whether it writes durably as orders need, and its clock against Redis's. */
export function mongoProbes(
  connection: Connection,
  clock: Clock,
  whyFull: () => Promise<string | null>,
): Probe[] {
  const command = async (document: Record<string, unknown>) => {
    if (connection.db === undefined) throw new Error('not connected');
    return connection.db.admin().command(document);
  };
  return [
    {
      name: 'MongoDB',
      look: async () => {
        const [build, hello] = await Promise.all([command({ buildInfo: 1 }), command({ hello: 1 })]);
        const full = await whyFull();
        if (full !== null) return { ok: false, detail: full };
        if (typeof build.ferretdbVersion === 'string') {
          // Built from the module proxy, it does not know its version.
          const version = build.ferretdbVersion === 'unknown' ? '' : ` ${build.ferretdbVersion}`;
          return { ok: true, detail: `FerretDB${version}: one server, for trying things out` };
        }
        const members = Array.isArray(hello.hosts) ? hello.hosts.length : 1;
        const set = hello.setName === undefined ? 'a single server' : `replica set of ${members}`;
        return { ok: true, detail: `mongod ${String(build.version)}, ${set}` };
      },
    },
    {
      name: 'MongoDB writes through',
      look: async () => {
        const startedAt = performance.now();
        await connection
          .collection<{ _id: string; at: Date }>('preflight')
          .updateOne(
            { _id: 'write' },
            { $set: { at: new Date(clock.now()) } },
            { upsert: true, writeConcern: durable },
          );
        const tookMs = performance.now() - startedAt;
        return { ok: true, detail: `w: majority, j: true took ${tookMs.toFixed(1)} ms` };
      },
    },
    {
      name: 'Clock of MongoDB',
      look: async () => {
        const before = clock.now();
        const { localTime } = await command({ hello: 1 });
        if (!(localTime instanceof Date))
          return { ok: true, detail: 'the server does not report its time; nothing depends on it' };
        const offsetMs = Math.round(localTime.getTime() - (before + clock.now()) / 2);
        return {
          ok: Math.abs(offsetMs) <= offsetMsMax,
          detail: `${offsetMs} ms ahead of Redis's; only the times in its own log depend on it`,
        };
      },
    },
  ];
}
