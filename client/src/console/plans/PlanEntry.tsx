import type { SaleResult } from '@flipzon/protocol/operator.ts';
import { useView } from '../../shop/use-view.ts';
import { useConsole } from '../console-context.ts';
import { linkButton, quietButton } from '../parts/looks.ts';
import { Steering } from '../parts/Steering.tsx';
import { useConsoleTexts } from '../text/console-texts.ts';
import { PlanFacts } from './PlanFacts.tsx';

/** One planned sale. One whose end has passed can only be deleted. */
export function PlanEntry(props: { plan: SaleResult; onStep: (kind: 'activate' | 'drop') => void }) {
  const texts = useConsoleTexts();
  const words = texts.control.action;
  const { fillForm } = useConsole();
  const { plan } = props;
  const { name } = plan.product;
  const isOver = useView(({ serverMs }) => plan.endsAt !== null && Date.parse(plan.endsAt) <= serverMs);
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 py-3 text-sm">
      <div className="min-w-0 flex-1 basis-64">
        <PlanFacts plan={plan} />
      </div>
      <Steering>
        <div className="flex flex-wrap items-center gap-x-4">
          {[true, false].map((isEdited) => (
            <button
              key={String(isEdited)}
              type="button"
              className={linkButton}
              onClick={() => fillForm({ sale: plan, isEdited })}
            >
              {isEdited ? texts.plans.edit : texts.plans.duplicate}
              <span className="sr-only"> {name}</span>
            </button>
          ))}
          {plan.preview !== undefined && (
            <a href={plan.preview} target="_blank" rel="noreferrer" className={linkButton}>
              {texts.plans.preview}
              <span className="sr-only"> {name}</span>
            </a>
          )}
          {!isOver && plan.status === 'planned' && (
            <button
              type="button"
              aria-haspopup="dialog"
              className={quietButton}
              onClick={() => props.onStep('activate')}
            >
              {words.activate}
              <span className="sr-only"> {name}</span>
            </button>
          )}
          <button
            type="button"
            aria-haspopup="dialog"
            className={`${linkButton} text-danger`}
            onClick={() => props.onStep('drop')}
          >
            {words.drop}
            <span className="sr-only"> {name}</span>
          </button>
        </div>
      </Steering>
    </li>
  );
}
