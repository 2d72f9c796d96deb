import { readFile } from 'node:fs/promises';

interface ProfileNode {
  id: number;
  callFrame: { functionName: string; url: string; lineNumber: number };
  children?: number[];
}

interface Profile {
  nodes: ProfileNode[];
  samples: number[];
  timeDeltas: number[];
}

export interface Hot {
  where: string;
  selfMs: number;
  /** With everything that it called. */
  totalMs: number;
}

/** Functions of a CPU profile with the time in them; waiting is left out. */
export function hotFunctions({ nodes, samples, timeDeltas }: Profile): { busyMs: number; functions: Hot[] } {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const parents = new Map(
    nodes.flatMap((node) => (node.children ?? []).map((child) => [child, node.id] as const)),
  );
  const functions = new Map<string, Hot>();
  const of = (node: ProfileNode): Hot => {
    const where = nameOf(node);
    const hot = functions.get(where) ?? { where, selfMs: 0, totalMs: 0 };
    functions.set(where, hot);
    return hot;
  };
  let busyMs = 0;
  for (const [i, id] of samples.entries()) {
    const node = byId.get(id);
    const ms = (timeDeltas[i] ?? 0) / 1000;
    if (node === undefined || isNoWork(node)) continue;
    busyMs += ms;
    of(node).selfMs += ms;
    const seen = new Set<Hot>();
    for (let at: number | undefined = id; at !== undefined; at = parents.get(at)) {
      const ancestor = byId.get(at);
      if (ancestor === undefined) break;
      const hot = of(ancestor);
      // Once for each sample, also where a function calls itself.
      if (!seen.has(hot)) hot.totalMs += ms;
      seen.add(hot);
    }
  }
  return { busyMs, functions: [...functions.values()] };
}

/** Waiting, and the profiler's own start. */
function isNoWork({ callFrame: { functionName, url } }: ProfileNode): boolean {
  return functionName === '(idle)' || (functionName === 'post' && url === 'node:inspector');
}

function nameOf({ callFrame }: ProfileNode): string {
  const { functionName, url, lineNumber } = callFrame;
  const file = url
    .replace(/^file:\/\//, '')
    .replace(/^.*\/node_modules\//, '')
    .replace(/^.*\/(server|protocol|load)\//, '$1/');
  return `${functionName || '(anonymous)'} ${file}${file === '' ? '' : `:${lineNumber + 1}`}`;
}

/** The functions that a profile spends most in, by themselves and with what they call. */
export async function profileTop(file: string, count = 25): Promise<string> {
  const { busyMs, functions } = hotFunctions(JSON.parse(await readFile(file, 'utf8')) as Profile);
  const line = (ms: number, where: string) => `${((ms / busyMs) * 100).toFixed(1).padStart(6)} %  ${where}`;
  const top = (key: 'selfMs' | 'totalMs') =>
    functions
      .toSorted((a, b) => b[key] - a[key])
      .slice(0, count)
      .map((hot) => line(hot[key], hot.where));
  return [
    `${file}: ${Math.round(busyMs)} ms busy`,
    ' self',
    ...top('selfMs'),
    ' with what they call',
    ...top('totalMs'),
  ].join('\n');
}
