import type { Language } from '../../text/language.ts';
import type { Refusal } from './model.ts';
import { ownOrders } from './orders.ts';
import { soldOutAfterMs } from './sold-out-after.ts';
import { chosenGone, variantOf } from './variants.ts';
import type { View } from './view.ts';

export interface Message {
  title: string;
  detail: string;
  /** The sale whose report says more. */
  reportOf?: string;
}

/** The message for a state; null if the page itself says enough. */
export function messageFor(view: View, { texts, formats }: Language): Message | null {
  const { model, state, now } = view;
  const { message } = texts;
  const refusal = model.attempt?.progress.kind === 'refused' ? model.attempt.progress : null;
  const reason = model.sale?.reason ?? null;
  switch (state) {
    case 'claiming':
    case 'unknown':
    case 'too_early':
    case 'offline':
    case 'blocked':
      return message[state]();
    case 'reconnecting':
      return model.connectedBefore ? message.reconnecting() : message.connecting();
    case 'unavailable':
      return model.attempt === null ? message.unavailable_to_all() : message.unavailable();
    case 'cancelled': {
      const { title, detail } = message.cancelled(formats.number(ownOrders(model)[0]?.unit ?? 0));
      return { title, detail: view.phase === 'live' ? `${message.cancelledOnSale} ${detail}` : detail };
    }
    case 'paused':
    case 'ended':
      return message[state](reason);
    case 'lost':
      return {
        ...message.lost(variantLost(view)),
        detail: lostDetail(view, refusal, { texts, formats }),
        ...(model.sale === null ? {} : { reportOf: model.sale.id }),
      };
    case 'rate_limited': {
      const waitS = Math.max(1, Math.ceil(((refusal?.retryAt ?? now) - now) / 1000));
      return message.rate_limited(formats.number(waitS));
    }
    case 'sold_out':
      return { ...message.sold_out(), ...soldOutIn(view, { texts, formats }) };
    case 'revoked': {
      const { title, detail } = message.revoked(formats.number(ownOrders(model)[0]?.unit ?? 0));
      return { title, detail: view.phase === 'ended' ? detail : `${detail} ${message.revokedAgain}` };
    }
    case 'live':
    case 'countdown':
      return afterward(view, refusal, { texts, formats });
    default:
      return null;
  }
}

const refusedOtherwise: readonly Refusal['code'][] = [
  'invalid_request',
  'variant_required',
  'unknown_variant',
  'not_found',
  'no_sale',
  'challenge_required',
];

type Words = Pick<Language, 'texts' | 'formats'>;

/** The variant that was pressed for, where others are left. */
function variantLost({ model }: View): string | undefined {
  const isOver = model.sale === null || model.sale.remaining <= 0;
  return isOver ? undefined : variantOf(model.sale, model.attempt?.variant)?.name;
}

function lostDetail(view: View, refusal: Refusal | null, words: Words): string {
  if (variantLost(view) !== undefined) return words.texts.variants.others;
  // It is not known when a variant's last unit was sold: the sale's last one may be of another variant.
  return view.model.attempt?.variant === undefined ? lostTimes(view, refusal, words) : '';
}

/** Both by the shop's clock, or nothing. Buys that arrive within moments may be decided in another order; the report says how far. */
function lostTimes({ model }: View, refusal: Refusal | null, { texts, formats }: Words): string {
  const arrivedMs = refusal?.arrivedServerMs ?? null;
  const soldOutAt = model.sale?.soldOutAt ?? null;
  const lastMs = soldOutAt === null ? (refusal?.soldOutServerMs ?? null) : Date.parse(soldOutAt);
  if (arrivedMs === null || lastMs === null) {
    return '';
  }
  const times = texts.message.lostTimes(formats.exactTime(arrivedMs), formats.exactTime(lastMs));
  return arrivedMs < lastMs ? `${times} ${texts.message.lostClosely}` : times;
}

function soldOutIn({ model }: View, { texts, formats }: Words): Partial<Message> {
  const tookMs = soldOutAfterMs(model);
  return tookMs === null ? {} : { title: texts.message.soldOutIn(formats.duration(tookMs)) };
}

/** The customer can buy, but the result of the last press or of an order is still worth a message. */
function afterward(view: View, refusal: Refusal | null, { texts, formats }: Words): Message | null {
  const { model, state } = view;
  if (refusal?.code === 'forbidden') {
    return texts.message.forbidden();
  }
  if (refusal?.code === 'account_too_new') {
    return texts.message.accountTooNew();
  }
  if (refusal !== null && refusedOtherwise.includes(refusal.code)) {
    return texts.message.refused();
  }
  if (state !== 'live') {
    return null;
  }
  const gone = chosenGone(model);
  return gone === undefined
    ? texts.message.live(formats.number(model.sale?.perCustomer ?? 1))
    : { title: texts.variants.gone(gone.name), detail: texts.variants.others };
}
