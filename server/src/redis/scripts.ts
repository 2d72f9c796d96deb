import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { SaleEpoch } from '../sale/ledger-ports.ts';
import { joinScript } from './join-script.ts';

const names = [
  'claim',
  'release',
  'configure',
  'reassign',
  'adopt',
  'restore',
  // Of sales that require payment.
  'end-hold',
  'mark-sold',
] as const;
export type ScriptName = (typeof names)[number];

const sources = new Map(names.map((name) => [name, sourceOf(name)]));

export interface Script {
  text: string;
  sha: string;
}
export type EpochScripts = Record<ScriptName, Script>;

/**
 * Scripts belong to a generation, named after the epoch that they were first loaded for. The name is part of their text, and so of the hash
 * by which they are called. A Redis that has lost its memory has lost its scripts too, and a generation is loaded only once: calls on
 * keys of that generation that are left there fail.
 */
export function generationOf({ saleId, epoch }: SaleEpoch): string {
  return `sale ${saleId}, epoch ${epoch}`;
}

export function scriptsOf(generation: string): EpochScripts {
  const stamped = names.map((name) => {
    const source = sources.get(name) as string;
    const text = source.replace('\n', `\n-- for ${generation}\n`);
    return [name, hashed(text)] as const;
  });
  return Object.fromEntries(stamped) as EpochScripts;
}

/** The claim comes last: where it is known, so are those that undo and repair it. */
export function textsOf(generation: string): string[] {
  const { claim, ...others } = scriptsOf(generation);
  return [...Object.values(others), claim].map((script) => script.text);
}

/** The Redis that was asked does not know the script: it was restarted, promoted or wiped, or never had it. */
export function isNoScript(error: unknown): boolean {
  return error instanceof Error && error.message.startsWith('NOSCRIPT');
}

function sourceOf(name: string): string {
  const read = (path: string) => readFileSync(new URL(`./lua/${path}.lua`, import.meta.url), 'utf8');
  return joinScript(read(name), (piece) => read(`includes/${piece}`));
}

function hashed(text: string): Script {
  return { text, sha: createHash('sha1').update(text).digest('hex') };
}
