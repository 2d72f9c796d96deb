import { moneyOf } from '@flipzon/protocol/money.ts';
import type { SaleResult } from '@flipzon/protocol/operator.ts';
import { useView } from '../../shop/use-view.ts';
import { useLanguage } from '../../text/language.ts';
import { useConsoleTexts } from '../text/console-texts.ts';
import { VariantLines } from '../variants/VariantLines.tsx';
import { offeredVariant } from '../variants/variant-draft.ts';

/** The plan, its operator, and a note if its time has passed while it waited. */
export function PlanFacts({ plan }: { plan: SaleResult }) {
  const texts = useConsoleTexts();
  const words = texts.plans;
  const { formats } = useLanguage();
  const startsMs = Date.parse(plan.startsAt);
  const endsMs = plan.endsAt === null ? null : Date.parse(plan.endsAt);
  const nowMs = useView(({ serverMs }) => Math.floor(serverMs / 1000) * 1000);
  const wait = startsMs > nowMs ? formats.duration(startsMs - nowMs) : null;
  const passed =
    plan.status === 'draft'
      ? null
      : endsMs !== null && endsMs <= nowMs
        ? words.over
        : startsMs <= nowMs
          ? words.missed
          : null;
  return (
    <>
      <p className="text-base font-semibold tracking-tight [overflow-wrap:anywhere]">
        <bdi>{plan.product.name}</bdi>
      </p>
      <p className="tabular-nums">
        {texts.strip.opens(formats.dayTimeAndZone(startsMs))}
        {wait !== null && <span className="text-muted"> · {words.in(wait)}</span>}
      </p>
      {endsMs !== null && (
        <p className="text-muted tabular-nums">{texts.strip.ends(formats.dayTimeAndZone(endsMs))}</p>
      )}
      <p className="text-muted tabular-nums">
        {plan.variants === undefined
          ? words.terms(formats.number(plan.quantity), formats.price(moneyOf(plan.product)))
          : texts.variants.unitsInAll(plan.quantity, formats.number(plan.quantity))}
        {' · '}
        {texts.preview.each(plan.perCustomer, formats.number(plan.perCustomer))}
        {' · '}
        {plan.status === 'draft' ? words.savedBy(plan.createdBy) : words.by(plan.createdBy)}
      </p>
      <VariantLines variants={plan.variants?.map(offeredVariant)} />
      {plan.holdSeconds !== undefined && (
        <p className="text-muted">{texts.preview.payWithin(formats.duration(plan.holdSeconds * 1000))}</p>
      )}
      {plan.simulated && <p className="text-muted">{texts.setup.simulated}</p>}
      {passed !== null && <p className="font-medium text-danger">{passed}</p>}
    </>
  );
}
