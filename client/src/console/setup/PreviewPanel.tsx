import { useLanguage } from '../../text/language.ts';
import { Panel } from '../parts/Panel.tsx';
import { useConsoleTexts } from '../text/console-texts.ts';
import { Offer } from '../variants/Offer.tsx';
import { VariantLines } from '../variants/VariantLines.tsx';
import { SchedulePreview } from './SchedulePreview.tsx';
import type { NewSale } from './use-new-sale.ts';

/** A preview of the sale. */
export function PreviewPanel({ newSale: { plan, draft, schedule, nowMs } }: { newSale: NewSale }) {
  const words = useConsoleTexts().preview;
  const { formats } = useLanguage();
  return (
    <Panel title={words.title}>
      {plan !== null && (
        <>
          <p className="mt-3 text-lg font-semibold tracking-tight [overflow-wrap:anywhere]">
            <span>
              <Offer offer={plan} />
            </span>
            <span className="block text-sm font-normal text-muted">
              {words.each(plan.perCustomer, formats.number(plan.perCustomer))}
            </span>
          </p>
          {plan.holdSeconds !== undefined && (
            <p className="text-sm text-muted">{words.payWithin(formats.duration(plan.holdSeconds * 1000))}</p>
          )}
          <VariantLines variants={plan.variants} />
        </>
      )}
      <div className="mt-3">
        {draft.atOnce && <p className="mb-2 text-sm">{words.now}</p>}
        <SchedulePreview
          startsMs={schedule.startsMs}
          endsMs={schedule.endsMs}
          zone={draft.schedule.zone}
          nowMs={nowMs}
        />
      </div>
    </Panel>
  );
}
