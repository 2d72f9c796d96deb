import { execFileSync } from 'node:child_process';

export type Running = { pid: number; command: string };

/** Every process that descends from that one and runs now. */
export function descendantsOf(ancestor: number): Running[] {
  const rows = execFileSync('ps', ['-A', '-o', 'pid=,ppid=,args='], { encoding: 'utf8' })
    .trim()
    .split('\n')
    .map((line) => /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line) ?? [])
    .map(([, pid, parent, command = '']) => ({ pid: Number(pid), parent: Number(parent), command }));
  const childrenOf = (pid: number): Running[] =>
    rows
      .filter(({ parent }) => parent === pid)
      .flatMap((row) => [{ pid: row.pid, command: row.command }, ...childrenOf(row.pid)]);
  return childrenOf(ancestor);
}

export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
