import { type FormEvent, useEffect, useRef, useState } from 'react';
import { useLanguage } from '../../text/language.ts';
import { signInTexts } from '../../text/sign-in.ts';
import { signInAddress } from '../device/token.ts';
import { type LogInOutcome, logIn } from '../live/log-in.ts';
import { useActions, useView } from '../use-view.ts';

const customerIdLengthMax = 128;

export const mainLook =
  'min-h-12 cursor-pointer rounded-xl bg-accent px-6 py-2.5 text-lg font-semibold text-on-accent hover:bg-accent-strong';
export const quietLook =
  'min-h-12 cursor-pointer rounded-xl border border-line px-5 font-medium hover:bg-track';
export const fieldLook = 'min-h-12 w-full rounded-xl border border-muted bg-paper px-4 text-lg font-normal';

type Refused = Exclude<LogInOutcome, { ok: true }>['code'];

/** For a form that opens: its first field gets the focus, and the form comes into view as a whole. */
export function comeIntoView(form: HTMLFormElement | null, first: HTMLElement | null): void {
  first?.focus({ preventScroll: true });
  const calm = matchMedia('(prefers-reduced-motion: reduce)').matches;
  form?.scrollIntoView({ block: 'nearest', behavior: calm ? 'auto' : 'smooth' });
}

/** By name, or at the shop's identity provider. The sale continues beside it. */
export function SignInForm(props: { expired: boolean }) {
  const actions = useActions();
  const words = signInTexts[useLanguage().tag];
  const { demo, provider } = useView(({ model }) => ({ demo: model.demoLogin, provider: model.provider }));
  const account = useRef<HTMLAnchorElement>(null);
  const form = useRef<HTMLFormElement>(null);
  const field = useRef<HTMLInputElement>(null);
  const [busy, setBusy] = useState(false);
  const [refused, setRefused] = useState<Refused | null>(null);
  const asksForId = demo || !provider;

  useEffect(() => comeIntoView(form.current, account.current ?? field.current), []);

  async function submit(event: FormEvent<HTMLFormElement>): Promise<void> {
    event.preventDefault();
    const customerId = field.current?.value.trim() ?? '';
    if (busy || customerId === '') {
      return;
    }
    setBusy(true);
    const outcome = await logIn(customerId, 'customer');
    setBusy(false);
    if (outcome.ok) {
      actions.signInAs(outcome.customer);
    } else {
      setRefused(outcome.code);
      field.current?.focus();
    }
  }

  return (
    <form
      ref={form}
      onSubmit={(event) => void submit(event)}
      aria-labelledby="sign-in-title"
      className="mt-6 flex scroll-my-4 flex-col gap-3 rounded-3xl border border-line bg-card p-6"
    >
      <h2 id="sign-in-title" className="text-xl font-semibold tracking-tight">
        {words.title}
      </h2>
      {props.expired && <p className="text-muted">{words.expired}</p>}
      {provider && (
        <a ref={account} href={signInAddress('customer')} className={`${mainLook} text-center`}>
          {words.account}
        </a>
      )}
      {asksForId && (
        <>
          {demo && (
            <p id="sign-in-demo" className="text-muted">
              {words.demo}
            </p>
          )}
          <label className="flex flex-col gap-1.5 text-sm font-medium">
            {words.field}
            <input
              ref={field}
              name="customerId"
              autoComplete="username"
              autoCapitalize="none"
              spellCheck={false}
              required
              maxLength={customerIdLengthMax}
              aria-describedby={refused !== null ? 'sign-in-refused' : demo ? 'sign-in-demo' : undefined}
              aria-invalid={refused === 'invalid'}
              className={fieldLook}
            />
          </label>
          <p id="sign-in-refused" role="status" className="text-accent-ink empty:hidden">
            {refused !== null && words.refused[refused]}
          </p>
        </>
      )}
      <div className="flex flex-wrap gap-2">
        {asksForId && (
          <button type="submit" aria-disabled={busy} className={`${mainLook} flex-1`}>
            {busy ? words.busy : words.submit}
          </button>
        )}
        <button type="button" onClick={actions.closeSignIn} className={quietLook}>
          {words.close}
        </button>
      </div>
    </form>
  );
}
