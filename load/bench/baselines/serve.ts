import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { answerCalls, type Tasks } from '../environment/calls.ts';
import { versionsOf } from './versions.ts';

/** Listens, answers the benchmark's calls, and says that it is ready. The baseline ends with the benchmark. */
export async function serve(server: Server, tasks: Tasks, packages: readonly string[]): Promise<void> {
  answerCalls(tasks);
  process.on('disconnect', () => process.exit());
  process.on('SIGTERM', () => process.exit());
  server.listen({ host: '127.0.0.1', port: 0, backlog: 4_096 });
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  process.send?.({ type: 'ready', port, runsOn: versionsOf(...packages) });
}
