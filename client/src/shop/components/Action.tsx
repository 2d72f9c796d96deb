import { lazy, Suspense, useEffect, useRef } from 'react';
import { useLanguage } from '../../text/language.ts';
import { BuyAction } from '../../ui/BuyAction.tsx';
import { type BuyButton, buyButtonFor } from '../model/buy-button.ts';
import { chosenVariant } from '../model/variants.ts';
import { useActions, useView } from '../use-view.ts';
import { Message } from './Message.tsx';
import { noticed } from './Notice.tsx';

const SignInForm = lazy(() => import('./SignInForm.tsx').then((module) => ({ default: module.SignInForm })));

const GuestSignIn = lazy(() =>
  import('./GuestSignIn.tsx').then((module) => ({ default: module.GuestSignIn })),
);

const busy: ReadonlySet<BuyButton['label']> = new Set(['claiming', 'checking', 'confirming']);

/** On phones the button stays at the lower edge, under the thumb, while there is something to press, or a press to be answered. What passes beneath is hidden. */
const sticky =
  'sticky bottom-0 z-10 [@media(max-height:28rem)]:static border-t border-line bg-paper pt-4 max-lg:pb-[max(1rem,env(safe-area-inset-bottom))] lg:static lg:border-none lg:pt-0';

/** The next step for the visitor, and why. */
export function Action() {
  const { texts, formats } = useLanguage();
  const actions = useActions();
  const view = useView(({ model, now, state }) => {
    const button = buyButtonFor(model, now);
    const variant = chosenVariant(model);
    const sold = variant ?? model.sale?.product;
    return {
      formIsOpen: state === 'signed_out',
      expired: model.signIn === 'expired',
      byEmail: model.emailCodes,
      label: button?.label ?? null,
      waits: model.attempt !== null,
      enabled: button?.enabled ?? false,
      variant: variant?.name,
      priceMinor: sold?.priceMinor ?? 0,
      currency: sold?.currency ?? model.currency,
      elsewhere: noticed.has(state),
    };
  });
  const buyRef = useRef<HTMLButtonElement>(null);
  const formWasOpen = useRef(false);
  const { formIsOpen, label, enabled } = view;

  // After the form closes, the focus returns to the button.
  useEffect(() => {
    if (formWasOpen.current && !formIsOpen) {
      buyRef.current?.focus({ preventScroll: true });
    }
    formWasOpen.current = formIsOpen;
  }, [formIsOpen]);

  if (formIsOpen) {
    return (
      <Suspense>
        {view.byEmail ? <GuestSignIn expired={view.expired} /> : <SignInForm expired={view.expired} />}
      </Suspense>
    );
  }
  // A request that was not pressed on this page does not make its button busy.
  const isBusy = label !== null && busy.has(label) && (view.waits || label === 'confirming');
  const look = isBusy ? 'busy' : enabled ? 'ready' : 'resting';
  const { variant, priceMinor, currency } = view;
  // With variants, each press says which one it is for.
  const said = label === 'buy_another' && variant !== undefined ? 'buy' : label;
  const pressed = look !== 'resting' && label !== 'confirming';
  return (
    <>
      {!view.elsewhere && (
        <div className="mt-5 mb-4 empty:hidden lg:order-last lg:mb-0">
          <Message />
        </div>
      )}
      {said !== null && (
        <div
          className={`-mx-5 mt-auto px-5 sm:-mx-8 sm:px-8 lg:mx-0 lg:mt-6 lg:px-0 ${pressed ? sticky : 'pt-6 lg:pt-0'}`}
        >
          <BuyAction
            ref={buyRef}
            look={look}
            enabled={enabled}
            onPress={label === 'sign_in' ? actions.askSignIn : actions.buy}
          >
            {texts.button[said](formats.price({ minor: priceMinor, currency }), variant)}
          </BuyAction>
        </div>
      )}
    </>
  );
}
