import { type FormEvent, useEffect, useRef, useState } from 'react';
import { ChangeOutcome } from '../control/ChangeOutcome.tsx';
import type { Plan } from '../control/change.ts';
import { useChange } from '../control/use-change.ts';
import { ChoiceCards } from '../parts/ChoiceCards.tsx';
import { isolated } from '../parts/isolated.ts';
import { linkButton, mainButton } from '../parts/looks.ts';
import { Panel } from '../parts/Panel.tsx';
import { useConsoleTexts } from '../text/console-texts.ts';
import type { ConsoleTexts } from '../text/english.ts';
import { ConfirmReplace } from './ConfirmReplace.tsx';
import { PlanFields } from './PlanFields.tsx';
import { type NewSale, purposes } from './use-new-sale.ts';

/** The form of a sale, to publish now or to plan. */
export function NewSalePanel(props: {
  newSale: NewSale;
  onTry: () => void;
  onPlanned: (kind: 'plan' | 'draft') => void;
}) {
  const texts = useConsoleTexts();
  const words = texts.setup;
  const { draft, setDraft, purpose, setPurpose, plan, schedule, faults } = props.newSale;
  const { edited, filled, stopEditing } = props.newSale;
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    const name = filled === 0 ? null : form.current?.elements.namedItem('product');
    if (name instanceof HTMLInputElement) name.focus();
  }, [filled]);
  const [showFaults, setShowFaults] = useState(false);
  const [confirming, setConfirming] = useState(false);
  const planning = useChange(null);

  async function submit(event: FormEvent<HTMLFormElement>): Promise<void> {
    event.preventDefault();
    props.onTry();
    setShowFaults(plan === null);
    if (plan === null) return;
    if (purpose === 'page') setConfirming(true);
    else if (await planning.tryIt({ kind: purpose, plan, saleId: edited?.id })) {
      stopEditing();
      props.onPlanned(purpose);
    }
  }

  return (
    <Panel title={words.title}>
      <form
        ref={form}
        onSubmit={(event) => void submit(event)}
        className="mt-4 flex flex-col gap-5"
        noValidate
      >
        {edited !== null && <Edited name={edited.product.name} onStop={stopEditing} />}
        <ChoiceCards
          legend={words.purpose}
          choices={purposes}
          chosen={purpose}
          name={words.purposes}
          detail={words.purposeDetail}
          onChoose={setPurpose}
        />
        <PlanFields
          draft={draft}
          faults={showFaults ? faults : new Set()}
          schedule={schedule}
          variants={props.newSale.variants}
          showFaults={showFaults}
          mayOpenAtOnce={purpose === 'page'}
          onChange={setDraft}
        />
        {purpose !== 'page' && <ChangeOutcome trying={planning} />}
        <button
          type="submit"
          className={`${mainButton} self-start`}
          aria-disabled={planning.busy}
          aria-haspopup={purpose === 'page' ? 'dialog' : undefined}
        >
          {planning.busy ? texts.control.busy : labelOf(props.newSale, words)}
        </button>
      </form>
      {confirming && plan !== null && (
        <ConfirmStart newSale={props.newSale} plan={plan} onClose={() => setConfirming(false)} />
      )}
    </Panel>
  );
}

/** Which sale the form changes, and a way to start a new one instead. */
function Edited(props: { name: string; onStop: () => void }) {
  const words = useConsoleTexts().setup;
  return (
    <p className="flex flex-wrap items-center gap-x-4 text-sm">
      <span className="font-medium [overflow-wrap:anywhere]">{words.editing(isolated(props.name))}</span>
      <button type="button" className={linkButton} onClick={props.onStop}>
        {words.stopEditing}
      </button>
    </p>
  );
}

function ConfirmStart(props: { newSale: NewSale; plan: Plan; onClose: () => void }) {
  const { title } = useConsoleTexts().setup;
  const { plan } = props;
  const { draft, edited, current, goesOn } = props.newSale;
  return (
    <ConfirmReplace
      title={title}
      offer={plan}
      change={{ kind: 'start', plan, saleId: edited?.id }}
      startsMs={plan.startsAt === 'now' ? null : Date.parse(plan.startsAt)}
      endsMs={plan.endsAt === null ? null : Date.parse(plan.endsAt)}
      zone={draft.schedule.zone}
      replaces={goesOn ? current : null}
      seen={current}
      onClose={props.onClose}
    />
  );
}

function labelOf({ purpose, edited, draft }: NewSale, words: ConsoleTexts['setup']): string {
  if (purpose !== 'page' && edited?.status === (purpose === 'plan' ? 'planned' : 'draft')) return words.save;
  if (purpose === 'draft') return words.submitDraft;
  if (purpose === 'plan') return words.submitPlan;
  return draft.atOnce ? words.submitNow : words.submit;
}
