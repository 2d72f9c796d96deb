import { type FormEvent, type RefObject, useEffect, useRef, useState } from 'react';
import { signInAddress } from '../../shop/device/token.ts';
import { type LogInOutcome, logIn } from '../../shop/live/log-in.ts';
import { useActions, useView } from '../../shop/use-view.ts';
import { useLanguage } from '../../text/language.ts';
import { signInTexts } from '../../text/sign-in.ts';
import { useConsole } from '../console-context.ts';
import { useConsoleTexts } from '../text/console-texts.ts';
import { Field } from './Field.tsx';
import { mainButton } from './looks.ts';

type Refused = Exclude<LogInOutcome, { ok: true }>['code'];

/** By name where the demo's sign-in is on; else with a token of the shop's identity provider. */
export function OperatorSignIn(props: { forbidden: string | null }) {
  const words = useConsoleTexts().signIn;
  const form = signInTexts[useLanguage().tag];
  const { demo, provider } = useView(({ model }) => ({ demo: model.demoLogin, provider: model.provider }));
  const account = useRef<HTMLAnchorElement>(null);
  const field = useRef<HTMLInputElement>(null);
  const { submit, busy, refused, elsewhere } = useSignIn(field);
  const asksForId = demo || !provider;

  useEffect(() => (account.current ?? field.current)?.focus(), []);

  function wrongOf(): string | null {
    if (refused === null) return props.forbidden === null ? null : words.forbidden(props.forbidden);
    if (refused === 'elsewhere') return null;
    return refused === 'no_token' ? words.tokenRefused : form.refused[refused];
  }

  return (
    <form
      onSubmit={(event) => void submit(event)}
      aria-labelledby="sign-in-title"
      className="m-auto flex w-full max-w-md flex-col gap-3 rounded-3xl border border-line bg-card p-6"
    >
      <h2 id="sign-in-title" className="text-xl font-semibold tracking-tight">
        {words.title}
      </h2>
      <p className="text-sm text-pretty text-muted">{elsewhere ? words.tokenDetail : words.detail}</p>
      {!asksForId && props.forbidden !== null && (
        <p role="alert" className="text-sm text-danger">
          {words.forbidden(props.forbidden)}
        </p>
      )}
      {provider && (
        <a ref={account} href={signInAddress('operator')} className={`${mainButton} text-center`}>
          {form.account}
        </a>
      )}
      {demo && !elsewhere && <p className="text-sm text-muted">{form.demo}</p>}
      {asksForId && (
        <>
          <Field
            name={elsewhere ? words.token : words.field}
            wrong={wrongOf()}
            input={{
              ref: field,
              name: 'operatorId',
              autoComplete: 'username',
              autoCapitalize: 'none',
              spellCheck: false,
              required: true,
            }}
          />
          <button type="submit" aria-disabled={busy} className={mainButton}>
            {busy ? form.busy : form.submit}
          </button>
        </>
      )}
    </form>
  );
}

/** Signs in with what the field has: an operator's id, or a token once the shop says that its demo's sign-in is off. */
function useSignIn(field: RefObject<HTMLInputElement | null>) {
  const actions = useActions();
  const services = useConsole();
  const [busy, setBusy] = useState(false);
  const [refused, setRefused] = useState<Refused | 'no_token' | null>(null);
  const elsewhere = refused === 'elsewhere' || refused === 'no_token';

  async function submit(event: FormEvent<HTMLFormElement>): Promise<void> {
    event.preventDefault();
    const text = field.current?.value.trim() ?? '';
    if (busy || text === '') return;
    if (elsewhere) {
      if (!services.signInWith(text)) setRefused('no_token');
      return;
    }
    setBusy(true);
    const outcome = await logIn(text, 'owner');
    setBusy(false);
    if (outcome.ok) {
      actions.signInAs(outcome.customer);
    } else {
      setRefused(outcome.code);
      if (outcome.code === 'elsewhere' && field.current !== null) field.current.value = '';
      field.current?.focus();
    }
  }

  return { submit, busy, refused, elsewhere };
}
