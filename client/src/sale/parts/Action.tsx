import { useEffect, useRef } from 'react';
import { useLanguage } from '../../text/language.ts';
import { BuyAction } from '../../ui/BuyAction.tsx';
import type { Actions } from '../actions.ts';
import { type BuyButton, buyButtonFor } from '../buy-button.ts';
import type { View } from '../view.ts';
import { Message } from './Message.tsx';
import { SignInForm } from './SignInForm.tsx';

const busy: ReadonlySet<BuyButton['label']> = new Set(['claiming', 'checking', 'confirming']);

/** What to do now, and why. On phones it stays at the lower edge, under the thumb. */
export function Action(props: { view: View; actions: Actions }) {
  const { texts, formats } = useLanguage();
  const { model, now, state } = props.view;
  const buyRef = useRef<HTMLButtonElement>(null);
  const formWasOpen = useRef(false);
  const formIsOpen = state === 'signed_out';

  // Whoever closes the form goes on where they left: at the button.
  useEffect(() => {
    if (formWasOpen.current && !formIsOpen) {
      buyRef.current?.focus({ preventScroll: true });
    }
    formWasOpen.current = formIsOpen;
  }, [formIsOpen]);

  if (formIsOpen) {
    return <SignInForm expired={model.signIn === 'expired'} actions={props.actions} />;
  }
  const button = buyButtonFor(model, now);
  const price = formats.price(model.sale?.product.price ?? 0);
  return (
    <>
      <Message view={props.view} />
      {button !== null && (
        <div className="sticky bottom-0 z-10 -mx-5 mt-auto bg-linear-to-t from-paper via-paper/95 via-75% to-transparent px-5 pt-6 pb-[max(1.25rem,env(safe-area-inset-bottom))] sm:mx-0 sm:px-0 lg:static lg:mt-0 lg:max-w-xl lg:bg-none lg:pb-0">
          <BuyAction
            ref={buyRef}
            look={busy.has(button.label) ? 'busy' : button.enabled ? 'ready' : 'resting'}
            enabled={button.enabled}
            onPress={button.label === 'sign_in' ? props.actions.askSignIn : props.actions.buy}
          >
            {texts.button[button.label](price)}
          </BuyAction>
        </div>
      )}
    </>
  );
}
