import { moneyOf } from '@flipzon/protocol/money.ts';
import type { SaleResult } from '@flipzon/protocol/operator.ts';
import { useEffect, useState } from 'react';
import { useView } from '../../shop/use-view.ts';
import { useValue } from '../../value.ts';
import { useConsole } from '../console-context.ts';
import { OutcomeLine } from '../parts/OutcomeLine.tsx';
import { Panel } from '../parts/Panel.tsx';
import type { OutcomeShown } from '../parts/use-outcome.ts';
import { ConfirmReplace } from '../setup/ConfirmReplace.tsx';
import { useConsoleTexts } from '../text/console-texts.ts';
import { offeredVariant } from '../variants/variant-draft.ts';
import { DropDialog } from './DropDialog.tsx';
import { PlanEntry } from './PlanEntry.tsx';

/** What is done to plans here: where one is put on the page, the page shows it. */
export type PlanStep = 'plan' | 'draft' | 'drop';

type Step = { kind: 'activate' | 'drop'; plan: SaleResult };

/** The planned sales, with the actions for each. */
export function PlansPanel(props: { outcome: OutcomeShown<PlanStep> }) {
  const texts = useConsoleTexts();
  const words = texts.plans;
  const { plans } = useConsole();
  const { plans: waiting, drafts, state } = useValue(plans.value);
  const [step, setStep] = useState<Step | null>(null);
  useEffect(() => void plans.refresh(), [plans]);
  const { outcome } = props;
  const begin = (next: Step) => {
    outcome.clear();
    setStep(next);
  };
  return (
    <Panel title={words.title} detail={words.detail}>
      <OutcomeLine outcome={outcome} />
      <ul data-testid="plans" className="mt-2 divide-y divide-line">
        {waiting.map((plan) => (
          <PlanEntry key={plan.id} plan={plan} onStep={(kind) => begin({ kind, plan })} />
        ))}
      </ul>
      {drafts.length > 0 && (
        <>
          <h3 className="mt-4 text-sm font-semibold">{words.drafts}</h3>
          <ul data-testid="drafts" className="divide-y divide-line">
            {drafts.map((draft) => (
              <PlanEntry key={draft.id} plan={draft} onStep={(kind) => begin({ kind, plan: draft })} />
            ))}
          </ul>
        </>
      )}
      <p role="status" className="text-sm text-muted empty:hidden">
        {state === 'loading' && texts.loading}
        {state === 'failed' && words.failed}
        {state === 'there' && waiting.length === 0 && words.none}
      </p>
      {step?.kind === 'activate' && <Activate plan={step.plan} onClose={() => setStep(null)} />}
      {step?.kind === 'drop' && (
        <DropDialog
          plan={step.plan}
          onClose={(isDone) => {
            setStep(null);
            if (isDone) outcome.say('drop');
          }}
        />
      )}
    </Panel>
  );
}

/** Puts a plan on the page, in place of the sale that is there. */
function Activate({ plan, onClose }: { plan: SaleResult; onClose: () => void }) {
  const texts = useConsoleTexts();
  const { sale, phase } = useView(({ model, phase }) => ({ sale: model.sale, phase }));
  return (
    <ConfirmReplace
      title={texts.control.action.activate}
      offer={{
        name: plan.product.name,
        price: moneyOf(plan.product),
        quantity: plan.quantity,
        ...(plan.variants && { variants: plan.variants.map(offeredVariant) }),
      }}
      change={{ kind: 'activate', saleId: plan.id }}
      startsMs={Date.parse(plan.startsAt)}
      endsMs={plan.endsAt === null ? null : Date.parse(plan.endsAt)}
      zone={null}
      replaces={phase === 'ended' ? null : sale}
      seen={sale}
      onClose={onClose}
    />
  );
}
