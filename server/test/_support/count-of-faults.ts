import type { Address } from './shop.ts';

/** Faults of a part that a node has counted. */
export async function countOfFaults({ url }: Address, part: string): Promise<number> {
  const text = await (await fetch(`${url}/metrics`)).text();
  return Number(new RegExp(`^flipzon_faults_total\\{part="${part}"\\} (\\d+)`, 'm').exec(text)?.[1] ?? 0);
}
