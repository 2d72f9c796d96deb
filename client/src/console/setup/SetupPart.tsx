import { PlansPanel } from '../plans/PlansPanel.tsx';
import { usePlansOutcome } from '../plans/use-plans-outcome.ts';
import { NewSalePanel } from './NewSalePanel.tsx';
import { PreflightPanel } from './PreflightPanel.tsx';
import { PreviewPanel } from './PreviewPanel.tsx';
import { useNewSale } from './use-new-sale.ts';

/** Everything before a sale: making one, those that wait for their turn, and whether it can be held. */
export function SetupPart() {
  const newSale = useNewSale();
  const outcome = usePlansOutcome();
  return (
    <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_minmax(20rem,26rem)]">
      <div className="flex min-w-0 flex-col gap-4">
        <NewSalePanel newSale={newSale} onPlanned={() => outcome.say('plan')} />
        <PlansPanel outcome={outcome} />
      </div>
      <div className="flex min-w-0 flex-col gap-4">
        <PreviewPanel newSale={newSale} />
        <PreflightPanel />
      </div>
    </div>
  );
}
