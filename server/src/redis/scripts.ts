import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { SaleEpoch } from '../sale/ledger-ports.ts';

const names = ['claim', 'return', 'configure', 'reassign', 'adopt', 'restore'] as const;
export type ScriptName = (typeof names)[number];

const sources = new Map(names.map((name) => [name, sourceOf(name)]));

export interface Script {
  text: string;
  sha: string;
}
export type EpochScripts = Record<ScriptName, Script>;

/**
 * The scripts of one epoch. Sale and epoch are part of the text, so they are part of the hash by which a script is called: when a
 * Redis has lost its memory, or was never told of this epoch, the call fails instead of selling from the wrong keys.
 */
export function scriptsOf(at: SaleEpoch): EpochScripts {
  const stamped = names.map((name) => {
    const source = sources.get(name) as string;
    const text = source.replace('\n', `\n-- for sale ${at.saleId}, epoch ${at.epoch}\n`);
    return [name, hashed(text)] as const;
  });
  return Object.fromEntries(stamped) as EpochScripts;
}

/** The Redis that was asked does not know the script: it was restarted, promoted or wiped, or was never told. */
export function isNoScript(error: unknown): boolean {
  return error instanceof Error && error.message.startsWith('NOSCRIPT');
}

function sourceOf(name: string): string {
  return readFileSync(new URL(`./lua/${name}.lua`, import.meta.url), 'utf8');
}

function hashed(text: string): Script {
  return { text, sha: createHash('sha1').update(text).digest('hex') };
}
