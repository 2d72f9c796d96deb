import type { ImageWanted } from '@flipzon/protocol/product.ts';
import type { StartBody } from '@flipzon/protocol/sale-terms.ts';
import type { SaleTerms } from '../sale/sale.ts';
import { openingInstant } from '../sale/schedule.ts';
import type { WindowInForce } from '../sale/windows.ts';
import type { Describe } from './describe.ts';
import {
  isAhead,
  type OperatorRefusal,
  type OperatorRequest,
  type SaleOutcome,
  takesOverSoon,
} from './outcome.ts';
import { movedPresale, parsePresale } from './presale.ts';
import type { ReviseDependencies, ReviseTerms } from './revise-terms.ts';
import { refusedMove, refusedStep } from './steps.ts';

export interface SaleChange {
  startsAt?: string | undefined;
  endsAt?: string | null | undefined;
  presale?: StartBody['presale'];
  name?: string | undefined;
  description?: string | undefined;
  images?: readonly ImageWanted[] | undefined;
}

interface Dependencies extends Pick<ReviseDependencies, 'sales'> {
  timeZone: string;
  describe: Describe;
}

/** Gives the sale other times, or another name, description or images, or both in one revision. */
export function createChangeSale(
  { sales, timeZone, describe }: Dependencies,
  { revise }: Pick<ReviseTerms, 'revise'>,
) {
  return async (saleId: string, wanted: SaleChange, request: OperatorRequest): Promise<SaleOutcome> => {
    const moves = [wanted.startsAt, wanted.endsAt, wanted.presale].some((each) => each !== undefined);
    const describes = [wanted.name, wanted.description, wanted.images].some((each) => each !== undefined);
    // Images never change, so they can be read before the terms are.
    const given = await describe(wanted, 0);
    if (!given.ok) return given;
    const windows = describes ? await sales.windows(saleId) : [];
    const successor = await sales.successor();
    return revise(saleId, moves ? 'reschedule' : 'edit', request, (terms, now) => {
      const refused = refusedStep(terms, stepsOf(wanted, describes), now);
      if (refused !== null) return refused;
      if (describes && hasOpened(windows, now)) return openedBefore;
      if (moves && isAhead(successor, now)) return takesOverSoon;
      const moved = moves ? movedTerms(terms, wanted, now, timeZone) : terms;
      if ('code' in moved || !describes) return moved;
      const { name = terms.details?.name } = wanted;
      return {
        ...moved,
        details: {
          ...(name === undefined ? {} : { name }),
          description: wanted.description ?? terms.details?.description ?? '',
          images: wanted.images === undefined ? (terms.details?.images ?? []) : (given.details?.images ?? []),
          edition: terms.revision + 1,
        },
      };
    });
  };
}

function stepsOf({ startsAt, endsAt, presale }: SaleChange, describes: boolean) {
  return [
    ...(startsAt === undefined ? [] : ['opening' as const]),
    ...(endsAt === undefined && presale === undefined ? [] : ['ending' as const]),
    ...(describes ? ['describing' as const] : []),
  ];
}

function movedTerms(
  terms: SaleTerms,
  times: Pick<SaleChange, 'startsAt' | 'endsAt' | 'presale'>,
  now: number,
  timeZone: string,
): SaleTerms | OperatorRefusal {
  const startsAt =
    times.startsAt === undefined ? terms.startsAt : openingInstant(times.startsAt, now, timeZone);
  const endsAt =
    times.endsAt === undefined ? terms.endsAt : times.endsAt === null ? null : Date.parse(times.endsAt);
  const refused = refusedMove(terms, { startsAt, endsAt }, now);
  if (refused !== null) return refused;
  const { presale: _, ...rest } = terms;
  const presale =
    times.presale === undefined ? movedPresale(terms, startsAt, now) : parsePresale(times.presale, startsAt);
  if (presale !== undefined && 'code' in presale) return presale;
  return { ...rest, startsAt, endsAt, ...(presale && { presale }) };
}

/** Whether the sale was open by one of its revisions, even if a later one has moved the opening away again: a customer may have bought what they read. */
function hasOpened(windows: readonly WindowInForce[], nowMs: number): boolean {
  return windows.some(({ startsAt, endsAt }, index) => {
    const until = Math.min(windows[index + 1]?.from ?? nowMs, endsAt ?? nowMs);
    return startsAt < until;
  });
}

const openedBefore = {
  code: 'conflict',
  message: 'The sale has been open, so what it offers can no longer be changed.',
} as const;
