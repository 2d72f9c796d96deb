import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { SaleEpoch } from '../sale/ports.ts';

const names = ['claim', 'return', 'configure', 'reassign', 'adopt', 'restore'] as const;
export type ScriptName = (typeof names)[number];

const sources = new Map(
  names.map((name) => [name, readFileSync(new URL(`./lua/${name}.lua`, import.meta.url), 'utf8')]),
);

export interface EpochScript {
  text: string;
  sha: string;
}
export type EpochScripts = Record<ScriptName, EpochScript>;

/**
 * The scripts of one epoch. Sale and epoch are part of the text, so they are part of the hash by which a script is called: when a
 * Redis has lost its memory, or was never told of this epoch, the call fails instead of selling from the wrong keys.
 */
export function scriptsOf(at: SaleEpoch): EpochScripts {
  const stamped = names.map((name) => {
    const source = sources.get(name) as string;
    const text = source.replace('\n', `\n-- for sale ${at.saleId}, epoch ${at.epoch}\n`);
    return [name, { text, sha: createHash('sha1').update(text).digest('hex') }] as const;
  });
  return Object.fromEntries(stamped) as EpochScripts;
}
