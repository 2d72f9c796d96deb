import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type FaultFigures, noFigures } from './fault-figures.ts';

/** Collects what the fault tests counted and says it in one line. `FAULT_FIGURES` names the file, to keep it. */
export default async function setup(): Promise<() => Promise<void>> {
  const kept = process.env.FAULT_FIGURES;
  const dir = await mkdtemp(join(tmpdir(), 'flipzon-faults-'));
  const file = kept ?? join(dir, 'figures.jsonl');
  // Test files inherit it.
  process.env.FAULT_FIGURES = file;
  return async () => {
    const sum = addUp(await readFile(file, 'utf8').catch(() => ''));
    await rm(dir, { recursive: true, force: true });
    if (kept === undefined) delete process.env.FAULT_FIGURES;
    if (sum.kills === 0) return;
    console.log(
      `faults: ${sum.kills} kills, ${sum.claimed} claims acknowledged, ${sum.confirmed} seen confirmed, ` +
        `${sum.lost} lost, ${sum.revoked} revoked, ${sum.restored} restored`,
    );
  };
}

function addUp(lines: string): FaultFigures {
  const sum = { ...noFigures };
  for (const line of lines.split('\n').filter((each) => each !== '')) {
    for (const [name, count] of Object.entries(JSON.parse(line) as Partial<FaultFigures>)) {
      sum[name as keyof FaultFigures] += count;
    }
  }
  return sum;
}
