import { useState } from 'react';
import { lacksDetails } from '../../shop/model/product-details.ts';
import { useView } from '../../shop/use-view.ts';
import { useIsOwner, useMaySteer } from '../console-context.ts';
import { OutcomeLine } from '../parts/OutcomeLine.tsx';
import { Panel } from '../parts/Panel.tsx';
import { Steering } from '../parts/Steering.tsx';
import { useOutcome } from '../parts/use-outcome.ts';
import { PeoplePanel } from '../people/PeoplePanel.tsx';
import { useConsoleTexts } from '../text/console-texts.ts';
import { VariantStock } from '../variants/VariantStock.tsx';
import { ActionDialog } from './ActionDialog.tsx';
import { ActionLogPanel } from './ActionLogPanel.tsx';
import { CustomersPanel } from './CustomersPanel.tsx';
import type { SteeringKind } from './change.ts';
import { isFinal, possibleChanges, salePhase } from './possible.ts';
import { SaleFacts } from './SaleFacts.tsx';

/** The steps of the current sale, beside the log of actions. */
export function ControlPart() {
  const words = useConsoleTexts().control;
  const { phase, isWhole } = useView(({ model: { sale }, phase, serverMs }) => ({
    phase: sale === null || phase === null ? null : salePhase(sale, phase, serverMs),
    isWhole: sale !== null && !lacksDetails(sale.product),
  }));
  // Before the description is there, the form would take it away.
  const possible = phase === null ? [] : possibleChanges(phase).filter((kind) => kind !== 'edit' || isWhole);
  const maySteer = useMaySteer();
  const isOwner = useIsOwner();
  const signsIn = useView(({ model }) => model.provider);
  const [open, setOpen] = useState<SteeringKind | null>(null);
  const outcome = useOutcome<SteeringKind>();

  return (
    <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_minmax(22rem,27rem)]">
      <div className="flex min-w-0 flex-col gap-4">
        <Panel title={words.title} detail={detail()}>
          <OutcomeLine outcome={outcome} />
          <Steering>
            <div className="mt-4 grid gap-2.5 sm:grid-cols-2 2xl:grid-cols-3">
              {possible.map((kind, index) => (
                <ActionButton
                  key={kind}
                  kind={kind}
                  main={index === 0}
                  onPress={() => {
                    outcome.clear();
                    setOpen(kind);
                  }}
                />
              ))}
            </div>
          </Steering>
          <SaleFacts />
        </Panel>
        <VariantStock />
        <Steering>
          <CustomersPanel />
        </Steering>
        {isOwner && signsIn && <PeoplePanel />}
      </div>
      <ActionLogPanel />
      {open !== null && (
        <ActionDialog
          kind={open}
          onClose={(isDone) => {
            setOpen(null);
            if (isDone) outcome.say(open);
          }}
        />
      )}
    </div>
  );

  function detail(): string {
    if (!maySteer) return words.viewing;
    return phase === 'ended' || phase === 'called_off' ? words.over : words.detail;
  }
}

function ActionButton(props: { kind: SteeringKind; main: boolean; onPress: () => void }) {
  const words = useConsoleTexts().control;
  const { kind } = props;
  const look = isFinal(kind)
    ? 'border-line text-danger hover:border-danger'
    : props.main
      ? 'border-accent-ink hover:bg-track'
      : 'border-line hover:border-ink';
  return (
    <button
      type="button"
      onClick={props.onPress}
      aria-haspopup="dialog"
      className={`flex min-h-11 cursor-pointer flex-col items-start rounded-xl border px-4 py-3 text-start ${look}`}
    >
      <span className="font-semibold">{words.action[kind]}</span>
      <span className="text-sm text-pretty text-muted">{words.explain[kind]}</span>
    </button>
  );
}
