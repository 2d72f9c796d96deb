import type { OperatorActionName } from '@flipzon/protocol/operator.ts';
import type { LogFilter } from '../action-log.ts';

/** The fields of the filter; an empty one is no condition. */
export interface FilterDraft {
  by: string;
  saleId: string;
  action: OperatorActionName | '';
  /** First and last day, as a date field gives them, in the zone of the device. */
  from: string;
  to: string;
}

export const noFilter: FilterDraft = { by: '', saleId: '', action: '', from: '', to: '' };

/** Null: the last day lies before the first. */
export function filterOf(draft: FilterDraft): LogFilter | null {
  const by = draft.by.trim();
  const saleId = draft.saleId.trim().toLowerCase();
  const from = beginningOf(draft.from, 0);
  const until = beginningOf(draft.to, 1);
  if (from !== null && until !== null && from >= until) return null;
  return {
    ...(by !== '' && { by }),
    ...(saleId !== '' && { saleId }),
    ...(draft.action !== '' && { action: draft.action }),
    ...(from !== null && { from: from.toISOString() }),
    ...(until !== null && { until: until.toISOString() }),
  };
}

/** The local midnight that begins this day plus `daysLater`; null without a day. */
function beginningOf(day: string, daysLater: number): Date | null {
  const [, year, month, date] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(day)?.map(Number) ?? [];
  if (year === undefined || month === undefined || date === undefined) return null;
  return new Date(year, month - 1, date + daysLater);
}
