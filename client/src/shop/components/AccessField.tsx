import type { AccessAnswer } from '@flipzon/protocol/presale.ts';
import { type FormEvent, type RefObject, useEffect, useId, useRef, useState } from 'react';
import { deviceStorage } from '../../storage.ts';
import { useLanguage } from '../../text/language.ts';
import { presaleTexts } from '../../text/presale.ts';
import { keepAccess, keptAccess } from '../device/kept-access.ts';
import { postJson } from '../live/post-json.ts';
import { useView } from '../use-view.ts';

const answerMsMax = 10_000;

type Refused = 'invalid' | 'wait' | 'over' | 'signIn' | 'failed';

async function redeem(saleId: string, code: string, token: string): Promise<AccessAnswer | Refused> {
  try {
    const path = `/sales/${encodeURIComponent(saleId)}/access`;
    const response = await postJson(path, { code }, answerMsMax, { authorization: `Bearer ${token}` });
    if (response.ok) return await response.json();
    const refusals: Record<number, Refused> = {
      401: 'signIn',
      403: 'invalid',
      404: 'over',
      409: 'over',
      429: 'wait',
    };
    return refusals[response.status] ?? 'failed';
  } catch {
    return 'failed';
  }
}

/** Redeems an access code, before or during the presale. The page then sends what it got with each buy. */
export function AccessField({ saleId }: { saleId: string }) {
  const { tag, formats } = useLanguage();
  const words = presaleTexts[tag];
  const { customer, codesUntil, refusedPress, isVaried } = useView(({ model }) => ({
    customer: model.customer,
    codesUntil: model.sale?.presale?.codesUntil ?? null,
    refusedPress:
      model.attempt?.progress.kind === 'refused' && model.attempt.progress.code === 'access_code_needed'
        ? model.attempt.requestId
        : null,
    isVaried: model.attempt?.variant !== undefined,
  }));
  const id = useId();
  const field = useRef<HTMLInputElement>(null);
  const result = useRef<HTMLParagraphElement>(null);
  const [busy, setBusy] = useState(false);
  const [refused, setRefused] = useState<Refused | null>(null);
  /** The press that was refused before the last code was redeemed: a later one says that the new code does not help either. */
  const [pressBefore, setPressBefore] = useState<string | null>(null);
  const [redeemed, setRedeemed] = useState(0);
  const isKept = keptAccess(deviceStorage, saleId, customer?.id) !== null;
  const isNeeded = refusedPress !== null && refusedPress !== pressBefore;
  const hasAccess = isKept && !isNeeded;

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    const code = field.current?.value.trim() ?? '';
    if (busy || code === '') return;
    if (customer === null) return setRefused('signIn');
    setBusy(true);
    const answer = await redeem(saleId, code, customer.token);
    setBusy(false);
    setRefused(typeof answer === 'string' ? answer : null);
    if (typeof answer === 'string') return field.current?.focus();
    keepAccess(deviceStorage, { saleId, customerId: customer.id, access: answer.access });
    setPressBefore(refusedPress);
    setRedeemed((count) => count + 1);
  }

  // Once the result is shown: the form, which had the focus, is gone.
  useEffect(() => {
    if (redeemed > 0) result.current?.focus();
  }, [redeemed]);

  const until =
    codesUntil === null ? words.always : words.until(formats.dayTimeAndZone(Date.parse(codesUntil)));
  const whyNeeded = isKept && isVaried ? words.otherVariant : words.needed;
  const wrong = refused === null ? (isNeeded ? whyNeeded : null) : words.refused[refused];
  return (
    <section
      aria-labelledby={`${id}-title`}
      data-testid="access"
      className="mt-6 rounded-2xl border border-line bg-card p-4 sm:p-5"
    >
      <h2 id={`${id}-title`} className="font-semibold">
        {words.title}
      </h2>
      <p className="text-sm text-pretty text-muted">{until}</p>
      <p ref={result} role="status" tabIndex={-1} className="mt-2 font-medium empty:hidden">
        {hasAccess && words.accepted}
      </p>
      {!hasAccess && (
        <CodeForm
          id={id}
          field={field}
          busy={busy}
          isWrong={refused === 'invalid'}
          onSubmit={(event) => void submit(event)}
        />
      )}
      <p id={`${id}-wrong`} role="alert" className="mt-2 text-sm text-danger empty:hidden">
        {!hasAccess && wrong}
      </p>
    </section>
  );
}

function CodeForm(props: {
  id: string;
  field: RefObject<HTMLInputElement | null>;
  busy: boolean;
  isWrong: boolean;
  onSubmit: (event: FormEvent) => void;
}) {
  const words = presaleTexts[useLanguage().tag];
  const { id, busy } = props;
  return (
    <form noValidate onSubmit={props.onSubmit} className="mt-3 flex flex-wrap items-end gap-3">
      <div className="flex min-w-0 flex-1 basis-56 flex-col gap-1.5">
        <label htmlFor={id} className="text-sm font-medium">
          {words.code}
        </label>
        <input
          ref={props.field}
          id={id}
          maxLength={200}
          autoComplete="off"
          autoCapitalize="characters"
          spellCheck={false}
          dir="ltr"
          aria-invalid={props.isWrong}
          aria-describedby={`${id}-wrong`}
          className="min-h-11 w-full min-w-0 rounded-xl border border-muted bg-paper px-3 text-base text-ink aria-invalid:border-danger"
        />
      </div>
      <button
        type="submit"
        aria-disabled={busy}
        className="inline-flex min-h-11 cursor-pointer items-center rounded-full border border-line bg-paper px-4 text-sm font-semibold hover:border-ink aria-disabled:opacity-60"
      >
        {busy ? words.busy : words.submit}
      </button>
    </form>
  );
}
