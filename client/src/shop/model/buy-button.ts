import { derivePhase, isAvailable } from './derive-phase.ts';
import { deriveState, type PageState } from './derive-state.ts';
import { isReachable, type Model, serverMsAt } from './model.ts';
import { mayHoldMore } from './orders.ts';
import { chosenVariant } from './variants.ts';

/** The one button. It stays the same element in every state, so that it keeps the focus. */
export interface BuyButton {
  label:
    | 'buy'
    | 'buy_another'
    | 'sign_in'
    /** One of the variants has to be chosen first. */
    | 'choose'
    /** The chosen one; others are left. */
    | 'variant_sold_out'
    | 'claiming'
    | 'checking'
    | 'confirming'
    | 'wait'
    | 'sold_out'
    | 'paused'
    | 'ended';
  enabled: boolean;
}

/** Null if there is nothing to press: no sale, the sign-in form, or an order. */
export function buyButtonFor(model: Model, now: number): BuyButton | null {
  const state = deriveState(model, now);
  switch (state) {
    case 'loading':
    case 'signed_out':
    case 'cancelled':
    case 'blocked':
      return null;
    case 'claiming':
      return { label: 'claiming', enabled: false };
    case 'unknown':
    case 'unavailable':
      return { label: 'checking', enabled: false };
    case 'claimed':
      return { label: 'confirming', enabled: false };
    case 'confirmed':
    case 'already_purchased':
      return buttonForAnother(model, now);
    case 'rate_limited':
      return { label: 'wait', enabled: false };
    case 'lost':
      return { label: hasOthers(model) ? 'variant_sold_out' : 'sold_out', enabled: false };
    default:
      return buttonOfPhase(model, now, state);
  }
}

function buttonOfPhase(model: Model, now: number, state: PageState): BuyButton | null {
  if (model.sale === null) {
    return null;
  }
  const phase = derivePhase(model.sale, serverMsAt(model, now));
  if (phase === 'sold_out' || phase === 'paused' || phase === 'ended') {
    return { label: phase, enabled: false };
  }
  if (model.customer === null) {
    return { label: 'sign_in', enabled: model.online };
  }
  const variant = chosenVariant(model);
  if (model.sale.variants !== undefined && (variant === undefined || variant.remaining <= 0)) {
    return { label: variant === undefined ? 'choose' : 'variant_sold_out', enabled: false };
  }
  // Only a press that can be sent at once is taken: none is kept to be sent later.
  const sendable = isReachable(model, now) && isAvailable(model.sale);
  return { label: 'buy', enabled: phase === 'live' && state !== 'too_early' && sendable };
}

function buttonForAnother(model: Model, now: number): BuyButton | null {
  if (model.blocked || !mayHoldMore(model)) {
    return null;
  }
  const button = buttonOfPhase(model, now, 'confirmed');
  if (button?.label === 'choose') return button;
  return button?.label === 'buy' && button.enabled ? { label: 'buy_another', enabled: true } : null;
}

function hasOthers({ sale, attempt }: Model): boolean {
  return attempt?.variant !== undefined && sale !== null && sale.remaining > 0;
}
