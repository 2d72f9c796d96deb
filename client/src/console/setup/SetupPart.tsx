import { lazy, Suspense } from 'react';
import { DrawAgain } from '../../ui/DrawAgain.tsx';
import { DrawFailed } from '../../ui/DrawFailed.tsx';
import { useIsOwner } from '../console-context.ts';
import { Steering } from '../parts/Steering.tsx';
import { useOutcome } from '../parts/use-outcome.ts';
import { type PlanStep, PlansPanel } from '../plans/PlansPanel.tsx';
import { RehearsalPanel } from '../rehearsal/RehearsalPanel.tsx';
import { NewSalePanel } from './NewSalePanel.tsx';
import { PreflightPanel } from './PreflightPanel.tsx';
import { PreviewPanel } from './PreviewPanel.tsx';
import { useNewSale } from './use-new-sale.ts';

const ShopPanel = lazy(() =>
  import('../shop/ShopPanel.tsx').then((module) => ({ default: module.ShopPanel })),
);

/** Everything before a sale: the form, the planned sales, rehearsals and the preflight; for owners also the shop. */
export function SetupPart() {
  const newSale = useNewSale();
  const outcome = useOutcome<PlanStep>();
  const isOwner = useIsOwner();
  return (
    <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_minmax(20rem,26rem)] lg:grid-rows-[auto_auto_1fr]">
      <Steering>
        <NewSalePanel newSale={newSale} onTry={outcome.clear} onPlanned={outcome.say} />
      </Steering>
      {/* Right after the form, of which it is the other half; beside everything where there is room. */}
      <div className="flex min-w-0 flex-col gap-4 lg:col-start-2 lg:row-span-3 lg:row-start-1">
        <Steering>
          <PreviewPanel newSale={newSale} />
        </Steering>
        <PreflightPanel />
      </div>
      <PlansPanel outcome={outcome} />
      <RehearsalPanel />
      {isOwner && (
        <DrawAgain otherwise={<DrawFailed />}>
          <Suspense>
            <ShopPanel />
          </Suspense>
        </DrawAgain>
      )}
    </div>
  );
}
