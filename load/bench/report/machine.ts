import { cpus, loadavg, totalmem, type } from 'node:os';

/** The machine in one line, with its load at this moment: others may use it too. */
export function machine(): string {
  const cores = cpus();
  const memoryGb = Math.round(totalmem() / 2 ** 30);
  const load = loadavg()[0] ?? 0;
  return `${cores.length} × ${cores[0]?.model.trim() ?? 'unknown'}, ${memoryGb} GB, ${type()}, node ${process.version}, load ${load.toFixed(1)}`;
}
