import type { SaleResult } from '@flipzon/protocol/operator.ts';
import { useView } from '../../sale/use-view.ts';
import { linkButton, quietButton } from '../parts/looks.ts';
import { useConsoleTexts } from '../text/console-texts.ts';
import { PlanFacts } from './PlanFacts.tsx';

/** One sale that waits. One whose end has passed meanwhile can only be dropped. */
export function PlanEntry(props: { plan: SaleResult; onStep: (kind: 'activate' | 'drop') => void }) {
  const texts = useConsoleTexts();
  const words = texts.plans;
  const { plan } = props;
  const { name } = plan.product;
  const isOver = useView(({ serverMs }) => plan.endsAt !== null && Date.parse(plan.endsAt) <= serverMs);
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 py-3 text-sm">
      <div className="min-w-0 flex-1 basis-64">
        <PlanFacts plan={plan} />
      </div>
      <div className="flex items-center gap-4">
        {!isOver && (
          <button
            type="button"
            aria-haspopup="dialog"
            aria-label={words.activateOf(name)}
            className={quietButton}
            onClick={() => props.onStep('activate')}
          >
            {texts.control.action.activate}
          </button>
        )}
        <button
          type="button"
          aria-haspopup="dialog"
          aria-label={words.dropOf(name)}
          className={`${linkButton} text-danger`}
          onClick={() => props.onStep('drop')}
        >
          {texts.control.action.drop}
        </button>
      </div>
    </li>
  );
}
