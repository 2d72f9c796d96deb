import { randomUUID } from 'node:crypto';
import type { OperatorActionName } from '@flipzon/protocol/operator.ts';
import { accessCodesMax as codesMax } from '@flipzon/protocol/presale.ts';
import type { Clock } from '../sale/ports.ts';
import type { OperatorLog } from '../sale/store-ports.ts';
import type { Access } from './access.ts';
import { codeId, newCode, readCode } from './codes.ts';

/** Codes are written in pieces of this size, however many come. */
const chunk = 1_000;
/** The heading of the files that the console saves. */
const columnName = 'code';
/** Lines of an import that the answer names. */
const namedMax = 20;

/** How a code ended: the first of these is the only one. */
export interface CodeUse {
  outcome: 'redeemed' | 'revoked';
  /** The customer, or the operator. */
  by: string;
}

export interface CodeCounts {
  issued: number;
  redeemed: number;
  revoked: number;
}

export interface AccessCodeStore {
  /** The ids that were there already. */
  add(codes: readonly { id: string; variant?: string }[], saleId: string, by: string): Promise<Set<string>>;
  /** How many of these are there already. */
  known(ids: readonly string[]): Promise<number>;
  find(id: string): Promise<{ code: { variant?: string } | null; use: CodeUse | null }>;
  /** The use of this code: this one, or the one before it. */
  use(id: string, saleId: string, use: CodeUse): Promise<CodeUse>;
  counts(saleId: string): Promise<CodeCounts>;
}

export interface Imported {
  imported: number;
  /** Lines with a code that the sale or the file has already. */
  duplicates: number;
  invalid: number;
  /** The first of them. */
  lines: { line: number; why: 'duplicate' | 'invalid' }[];
}

export type Issued<Body> =
  | ({ ok: true } & Body)
  | { ok: false; code: 'conflict' | 'not_found'; message: string };

interface Dependencies {
  store: AccessCodeStore;
  access: Access;
  log: Pick<OperatorLog, 'begin' | 'done'>;
  clock: Clock;
}

export type AccessCodes = ReturnType<typeof createAccessCodes>;

/** The codes of a sale: made or imported, redeemed once, or revoked. Only their hashes are stored. */
export function createAccessCodes({ store, access, log, clock }: Dependencies) {
  const noted = async <Result>(
    { action, saleId, by, codes }: { action: OperatorActionName; saleId: string; by: string; codes: number },
    act: () => Promise<Result>,
  ): Promise<Result> => {
    const at = clock.now();
    // The same operator may do the same twice in a millisecond.
    const id = `${saleId}:${action}:${at}:${randomUUID()}`;
    const changes = [{ field: 'codes', before: null, after: codes }];
    await log.begin({ id, saleId, action, by, at, reason: null, changes });
    const result = await act();
    await log.done(id);
    return result;
  };
  const roomIn = async (saleId: string) => codesMax - (await store.counts(saleId)).issued;

  return {
    counts: (saleId: string) => store.counts(saleId),
    async generate(
      saleId: string,
      { count, variant }: { count: number; variant?: string | undefined },
      by: string,
    ): Promise<Issued<{ codes: string[] }>> {
      if (count > (await roomIn(saleId))) return full;
      const codes = Array.from({ length: count }, newCode);
      const docs = codes.map((code) => ({
        id: codeId(saleId, readCode(code) as string),
        ...(variant !== undefined && { variant }),
      }));
      await noted({ action: 'issue_codes', saleId, by, codes: count }, async () => {
        for (const piece of pieces(docs)) await store.add(piece, saleId, by);
      });
      return { ok: true, codes };
    },
    /** `lines`: a code in each, optionally with a comma and a variant. All are read before any is written: a file with too many changes nothing. */
    async import(
      saleId: string,
      lines: AsyncIterable<readonly string[]>,
      { variants, by }: { variants: readonly string[]; by: string },
    ): Promise<Issued<Imported>> {
      const read = await readCodes(saleId, lines, variants);
      if (read === null) return full;
      const { found, codes } = read;
      const room = await roomIn(saleId);
      const ids = [...codes.keys()];
      if (ids.length > room) {
        let known = 0;
        for (const piece of pieces(ids)) known += await store.known(piece);
        if (ids.length - known > room) return full;
      }
      await noted({ action: 'import_codes', saleId, by, codes: ids.length }, async () => {
        for (const piece of pieces([...codes])) {
          const docs = piece.map(([id, { variant }]) => ({ id, ...(variant !== undefined && { variant }) }));
          const known = await store.add(docs, saleId, by);
          for (const [id, { line }] of piece) if (known.has(id)) note(found, line, 'duplicate');
          found.imported += docs.length - known.size;
        }
      });
      return { ok: true, ...found };
    },
    /** A code that was redeemed stays redeemed: its customer has a pass that every node accepts. */
    async revoke(saleId: string, typed: string, by: string): Promise<Issued<object>> {
      const code = readCode(typed);
      const id = code === null ? null : codeId(saleId, code);
      if (id === null) return noSuchCode;
      const { code: known, use: before } = await store.find(id);
      if (known === null) return noSuchCode;
      const use =
        before ??
        (await noted({ action: 'revoke_code', saleId, by, codes: 1 }, () =>
          store.use(id, saleId, { outcome: 'revoked', by }),
        ));
      if (use.outcome === 'revoked') return { ok: true };
      return {
        ok: false,
        code: 'conflict',
        message: `${use.by} has redeemed this code. Block that customer to keep them from buying.`,
      };
    },
    /** Null for unknown, revoked and used codes alike. The same customer gets the same again. */
    async redeem(
      saleId: string,
      typed: string,
      customerId: string,
    ): Promise<{ access: string; variant: string | null } | null> {
      const code = readCode(typed);
      // A code that cannot be one costs the same searches.
      const id = codeId(saleId, code ?? '');
      const { code: found, use: before } = await store.find(id);
      if (found === null) return null;
      const use = before ?? (await store.use(id, saleId, { outcome: 'redeemed', by: customerId }));
      if (use.outcome !== 'redeemed' || use.by !== customerId) return null;
      const { variant } = found;
      return { access: access.pass({ saleId, customerId, variant }, clock.now()), variant: variant ?? null };
    },
  };
}

/** The codes of a file, by their ids, with the line and perhaps the variant of each. */
type CodesRead = Map<string, { line: number; variant?: string }>;

/** Null: these are more codes than a sale may have. */
async function readCodes(
  saleId: string,
  lines: AsyncIterable<readonly string[]>,
  variants: readonly string[],
): Promise<{ found: Imported; codes: CodesRead } | null> {
  const found: Imported = { imported: 0, duplicates: 0, invalid: 0, lines: [] };
  const codes: CodesRead = new Map();
  let line = 0;
  for await (const piece of lines)
    for (const text of piece) {
      line++;
      const [typed = '', sku = ''] = text
        .split(/[,;\t]/, 2)
        .map((cell) => cell.trim().replace(/^"(.*)"$/, '$1'));
      // The files that the console saves begin with a name for the column.
      if (text.trim() === '' || (line === 1 && typed.toLowerCase() === columnName)) continue;
      const code = readCode(typed);
      const id = code === null ? '' : codeId(saleId, code);
      if (code === null || (sku !== '' && !variants.includes(sku))) note(found, line, 'invalid');
      else if (codes.has(id)) note(found, line, 'duplicate');
      else codes.set(id, { line, ...(sku !== '' && { variant: sku }) });
      if (codes.size > codesMax) return null;
    }
  return { found, codes };
}

function note(found: Imported, line: number, why: 'duplicate' | 'invalid'): void {
  found[why === 'duplicate' ? 'duplicates' : 'invalid']++;
  if (found.lines.length < namedMax) found.lines.push({ line, why });
}

function* pieces<Row>(rows: readonly Row[]): Generator<Row[]> {
  for (let from = 0; from < rows.length; from += chunk) yield rows.slice(from, from + chunk);
}

const full = {
  ok: false,
  code: 'conflict',
  message: `A sale has at most ${codesMax} access codes. Ask for fewer.`,
} as const;

const noSuchCode = {
  ok: false,
  code: 'not_found',
  message: 'This sale has no such code. Check it.',
} as const;
