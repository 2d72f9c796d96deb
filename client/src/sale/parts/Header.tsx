import { useLanguage } from '../../text/language.ts';
import type { Actions } from '../actions.ts';
import type { View } from '../view.ts';

const quiet =
  'inline-flex min-h-11 items-center rounded-xl px-3 font-medium text-ink underline-offset-4 hover:underline cursor-pointer whitespace-nowrap';

export function Header(props: { view: View; actions: Actions }) {
  const { texts } = useLanguage();
  const { model } = props.view;
  return (
    <header className="flex min-h-16 items-center gap-x-3 py-2 text-sm">
      <a
        href="/"
        className="-ms-1 flex min-h-11 items-center gap-2 rounded-xl px-1 text-lg font-bold tracking-tight"
      >
        <svg viewBox="0 0 32 32" aria-hidden="true" className="size-7">
          <rect width="32" height="32" rx="9" fill="var(--accent)" />
          <path d="M17.6 4.8 8.4 18h6.1l-1.3 9.2L22.9 13.6h-6.4z" fill="var(--on-accent)" />
        </svg>
        {texts.brand}
      </a>
      <div className="ms-auto flex min-w-0 items-center">
        {model.customer === null ? (
          props.view.state !== 'signed_out' && (
            <button type="button" className={quiet} onClick={props.actions.askSignIn}>
              {texts.signIn}
            </button>
          )
        ) : (
          <>
            <span className="min-w-0 truncate text-muted">
              <span className="sr-only">{texts.signedInAs} </span>
              <bdi className="font-medium text-ink">{model.customer.id}</bdi>
            </span>
            <button type="button" className={quiet} onClick={props.actions.signOut}>
              {texts.signOut}
            </button>
          </>
        )}
      </div>
    </header>
  );
}
