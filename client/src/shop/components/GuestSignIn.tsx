import { type FormEvent, type RefObject, useEffect, useRef, useState } from 'react';
import { guestSignInTexts } from '../../text/guest-sign-in.ts';
import { useLanguage } from '../../text/language.ts';
import { signInTexts } from '../../text/sign-in.ts';
import { signInAddress } from '../device/token.ts';
import { type AskForCode, askForCode, type EnterCode, enterCode } from '../live/email-code.ts';
import { useActions, useView } from '../use-view.ts';
import { comeIntoView, fieldLook, mainLook, quietLook, SignInForm } from './SignInForm.tsx';

const addressLengthMax = 254;

type Trouble = Exclude<AskForCode | EnterCode, { ok: true }>;

/** Signs in with a code by e-mail: first the address, then the code. The sale continues beside it. */
export function GuestSignIn(props: { expired: boolean }) {
  const { closeSignIn } = useActions();
  const { tag, formats } = useLanguage();
  const common = signInTexts[tag];
  const words = guestSignInTexts[tag];
  const { demo, provider } = useView(({ model }) => ({ demo: model.demoLogin, provider: model.provider }));
  const form = useRef<HTMLFormElement>(null);
  const field = useRef<HTMLInputElement>(null);
  const { submit, busy, trouble, address, startOver } = useCodeSteps(field);
  const [byName, setByName] = useState(false);
  const asksForCode = address !== null;
  // biome-ignore lint/correctness/useExhaustiveDependencies: each step has a field of its own, which takes the focus.
  useEffect(() => comeIntoView(form.current, field.current), [asksForCode]);

  if (byName) return <SignInForm expired={props.expired} />;
  return (
    <form
      ref={form}
      onSubmit={(event) => void submit(event)}
      aria-labelledby="sign-in-title"
      noValidate
      className="mt-6 flex scroll-my-4 flex-col gap-3 rounded-3xl border border-line bg-card p-6"
    >
      <h2 id="sign-in-title" className="text-xl font-semibold tracking-tight">
        {common.title}
      </h2>
      {props.expired && <p className="text-muted">{common.expired}</p>}
      {provider && !asksForCode && (
        <a href={signInAddress('customer')} className={`${quietLook} flex items-center justify-center`}>
          {common.account}
        </a>
      )}
      {/* Says that the code is on its way, when the step changes. */}
      <p id="sign-in-step" role="status" className="text-muted">
        {asksForCode ? words.sent(address) : words.explained}
      </p>
      <label htmlFor={asksForCode ? 'sign-in-code' : 'sign-in-address'} className="text-sm font-medium">
        {asksForCode ? words.code : words.address}
      </label>
      {asksForCode ? (
        <CodeInput field={field} isWrong={trouble?.code === 'wrong_code'} />
      ) : (
        <AddressInput field={field} isWrong={trouble?.code === 'invalid_address'} />
      )}
      <p id="sign-in-trouble" role="alert" className="text-accent-ink empty:hidden">
        {trouble !== null &&
          words.trouble[trouble.code](formats.number(minutesIn(trouble.retryAfterMs ?? 0)))}
      </p>
      <div className="flex flex-wrap gap-2">
        <button type="submit" aria-disabled={busy} className={`${mainLook} flex-1`}>
          {asksForCode ? common.submit : words.send}
        </button>
        {asksForCode && (
          <button type="button" className={quietLook} onClick={startOver}>
            {words.other}
          </button>
        )}
        {demo && !asksForCode && (
          <button type="button" className={quietLook} onClick={() => setByName(true)}>
            {words.byName}
          </button>
        )}
        <button type="button" onClick={closeSignIn} className={quietLook}>
          {common.close}
        </button>
      </div>
    </form>
  );
}

interface Input {
  field: RefObject<HTMLInputElement | null>;
  isWrong: boolean;
}

function CodeInput(props: Input) {
  return (
    <input
      ref={props.field}
      id="sign-in-code"
      name="code"
      inputMode="numeric"
      autoComplete="one-time-code"
      required
      maxLength={20}
      dir="ltr"
      aria-describedby="sign-in-trouble sign-in-step"
      aria-invalid={props.isWrong}
      className={`${fieldLook} tracking-widest tabular-nums`}
    />
  );
}

function AddressInput(props: Input) {
  return (
    <input
      ref={props.field}
      id="sign-in-address"
      name="email"
      type="email"
      autoComplete="email"
      autoCapitalize="none"
      spellCheck={false}
      required
      maxLength={addressLengthMax}
      dir="ltr"
      aria-describedby="sign-in-trouble sign-in-step"
      aria-invalid={props.isWrong}
      className={fieldLook}
    />
  );
}

function minutesIn(ms: number): number {
  return Math.max(1, Math.ceil(ms / 60_000));
}

/** The two steps of the sign-in: the address, to which a code is sent, and then the code. */
function useCodeSteps(field: RefObject<HTMLInputElement | null>) {
  const { signInWithToken } = useActions();
  const { tag } = useLanguage();
  const [address, setAddress] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<Trouble | null>(null);

  async function submit(event: FormEvent<HTMLFormElement>): Promise<void> {
    event.preventDefault();
    const typed = field.current?.value.trim() ?? '';
    if (busy || typed === '') {
      return;
    }
    setBusy(true);
    setTrouble(null);
    const refused = address !== null ? await enter(typed) : await ask(typed);
    setBusy(false);
    if (refused !== null) {
      setTrouble(refused);
      if (refused.code === 'code_expired') {
        setAddress(null);
      }
      field.current?.focus();
    }
  }

  async function ask(typed: string): Promise<Trouble | null> {
    const outcome = await askForCode(typed, tag);
    if (!outcome.ok) {
      return outcome;
    }
    setAddress(typed);
    return null;
  }

  async function enter(typed: string): Promise<Trouble | null> {
    const outcome = await enterCode(typed);
    if (!outcome.ok) {
      return outcome;
    }
    signInWithToken(outcome.token);
    return null;
  }

  function startOver(): void {
    setTrouble(null);
    setAddress(null);
  }

  return { submit, busy, trouble, address, startOver };
}
