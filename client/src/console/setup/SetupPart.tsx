import { type FormEvent, useState } from 'react';
import { useView } from '../../sale/use-view.ts';
import { useLanguage } from '../../text/language.ts';
import { mainButton } from '../parts/looks.ts';
import { Panel } from '../parts/Panel.tsx';
import { useConsoleTexts } from '../text/console-texts.ts';
import { ConfirmReplace } from './ConfirmReplace.tsx';
import { PlanFields } from './PlanFields.tsx';
import { PreflightPanel } from './PreflightPanel.tsx';
import { type PlanDraft, readPlan } from './plan.ts';
import { SchedulePreview } from './SchedulePreview.tsx';
import { scheduleOf } from './schedule.ts';
import { keptZone } from './zones.ts';

const firstDraft = {
  name: 'iPhone',
  price: '999',
  quantity: '1000',
  perCustomer: '1',
  atOnce: false,
  simulated: false,
};

/** A new sale, shown as it will read before it is one. */
export function SetupPart() {
  const texts = useConsoleTexts();
  const words = texts.setup;
  const { formats } = useLanguage();
  const { sale, phase, secondMs } = useView(({ model, phase, serverMs }) => ({
    sale: model.sale,
    phase,
    secondMs: Math.floor(serverMs / 1000) * 1000,
  }));
  const [draft, setDraft] = useState<PlanDraft>(() => ({
    ...firstDraft,
    schedule: scheduleOf(keptZone(), secondMs, null, null),
  }));
  const [showFaults, setShowFaults] = useState(false);
  const [confirming, setConfirming] = useState(false);
  const { plan, schedule, faults } = readPlan(draft, secondMs);
  const replaces = sale !== null && phase !== 'ended';

  function submit(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault();
    setShowFaults(plan === null);
    setConfirming(plan !== null);
  }

  return (
    <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_minmax(20rem,26rem)]">
      <Panel title={words.title}>
        <form onSubmit={submit} className="mt-4 flex flex-col gap-5" noValidate>
          <PlanFields
            draft={draft}
            faults={showFaults ? faults : new Set()}
            schedule={schedule}
            showFaults={showFaults}
            onChange={setDraft}
          />
          <button type="submit" className={`${mainButton} self-start`} aria-haspopup="dialog">
            {draft.atOnce ? words.submitNow : words.submit}
          </button>
        </form>
      </Panel>
      <div className="flex min-w-0 flex-col gap-4">
        <Panel title={texts.preview.title}>
          {plan !== null && (
            <p className="mt-3 text-lg font-semibold tracking-tight [overflow-wrap:anywhere]">
              {texts.preview.offer(formats.number(plan.quantity), plan.name, formats.price(plan.price))}
              <span className="block text-sm font-normal text-muted">
                {texts.preview.each(plan.perCustomer, formats.number(plan.perCustomer))}
              </span>
            </p>
          )}
          <div className="mt-3">
            {draft.atOnce && <p className="mb-2 text-sm">{texts.preview.now}</p>}
            <SchedulePreview
              startsMs={schedule.startsMs}
              endsMs={schedule.endsMs}
              zone={draft.schedule.zone}
              nowMs={secondMs}
            />
          </div>
        </Panel>
        <PreflightPanel />
      </div>
      {confirming && plan !== null && (
        <ConfirmReplace
          plan={plan}
          zone={draft.schedule.zone}
          replaces={replaces ? sale : null}
          seen={sale}
          onClose={() => setConfirming(false)}
        />
      )}
    </div>
  );
}
