import { type FormEvent, useState } from 'react';
import { useView } from '../../sale/use-view.ts';
import { useLanguage } from '../../text/language.ts';
import { Dialog } from '../parts/Dialog.tsx';
import { Field } from '../parts/Field.tsx';
import { dangerButton, mainButton } from '../parts/looks.ts';
import { scheduleOf } from '../setup/schedule.ts';
import { keptZone } from '../setup/zones.ts';
import { useConsoleTexts } from '../text/console-texts.ts';
import { ChangeOutcome } from './ChangeOutcome.tsx';
import type { Change, SteeringKind } from './change.ts';
import { MoveFields } from './MoveFields.tsx';
import { movedTimes } from './moved-times.ts';
import { isFinal } from './possible.ts';
import { useChange } from './use-change.ts';

const reasonLengthMax = 200;
const unitsMax = 10_000_000;

/** One step, explained before it is taken. Whatever was typed stays when somebody else was quicker. */
export function ActionDialog(props: {
  kind: SteeringKind;
  /** An order that was chosen elsewhere. */
  orderId?: string;
  onClose: (isDone: boolean) => void;
}) {
  const { kind } = props;
  const texts = useConsoleTexts();
  const words = texts.control;
  const { formats } = useLanguage();
  const sale = useView(({ model }) => model.sale);
  const [first] = useState(sale);
  const trying = useChange(first);
  const [reason, setReason] = useState('');
  const [units, setUnits] = useState('');
  const [orderId, setOrderId] = useState(props.orderId ?? '');
  const serverMs = useView((view) => Math.floor(view.serverMs / 1000) * 1000);
  const [schedule, setSchedule] = useState(() =>
    scheduleOf(
      keptZone(),
      serverMs,
      first === null ? null : Date.parse(first.startsAt),
      first?.endsAt == null ? null : Date.parse(first.endsAt),
    ),
  );
  const [typed, setTyped] = useState('');
  const [wrong, setWrong] = useState(false);
  const word = wordToType();
  const mayGo = word === null || typed.trim() === word;

  function changeOf(): Change | null {
    switch (kind) {
      case 'open':
      case 'resume':
        return { kind };
      case 'pause':
      case 'end':
        return { kind, reason };
      case 'restock': {
        const quantity = Number(units);
        return Number.isInteger(quantity) && quantity >= 1 && quantity <= unitsMax
          ? { kind, quantity }
          : null;
      }
      case 'cancel':
        return orderId.trim() === '' ? null : { kind, orderId: orderId.trim(), reason };
      case 'move': {
        const moved = first === null ? null : movedTimes(first, schedule, serverMs);
        return moved === null ? null : { kind, ...moved };
      }
    }
  }

  /** Something that nobody types by mistake: the product that is ended, the customer and number of the order. */
  function wordToType(): string | null {
    if (!isFinal(kind)) return null;
    if (kind === 'cancel') return orderId.trim().split(':').slice(1).join(':') || null;
    return first?.product.name ?? null;
  }

  async function submit(event: FormEvent<HTMLFormElement>): Promise<void> {
    event.preventDefault();
    const change = changeOf();
    if (change === null || !mayGo) {
      setWrong(true);
      return;
    }
    setWrong(false);
    if (await trying.tryIt(change)) props.onClose(true);
  }

  const label = trying.busy
    ? words.busy
    : trying.conflict === null
      ? words.action[kind]
      : texts.conflict.retry;
  return (
    <Dialog title={words.action[kind]} detail={words.explain[kind]} onClose={() => props.onClose(false)}>
      <form onSubmit={(event) => void submit(event)} className="mt-4 flex flex-col gap-4" noValidate>
        {(kind === 'pause' || kind === 'end' || kind === 'cancel') && (
          <Field
            name={kind === 'cancel' ? words.logReason : words.reason}
            hint={kind === 'cancel' ? undefined : words.reasonHint}
            input={{
              value: reason,
              maxLength: reasonLengthMax,
              onChange: (event) => setReason(event.target.value),
            }}
          />
        )}
        {kind === 'restock' && (
          <Field
            name={words.units}
            wrong={wrong && changeOf() === null ? texts.setup.wrong.quantity : null}
            input={{
              value: units,
              inputMode: 'numeric',
              onChange: (event) => setUnits(event.target.value),
            }}
          />
        )}
        {kind === 'cancel' && props.orderId === undefined && (
          <Field
            name={words.order}
            hint={words.orderHint}
            wrong={wrong && orderId.trim() === '' ? words.orderHint : null}
            input={{
              value: orderId,
              autoCapitalize: 'none',
              spellCheck: false,
              onChange: (event) => setOrderId(event.target.value),
            }}
          />
        )}
        {kind === 'move' && first !== null && (
          <MoveFields sale={first} schedule={schedule} onChange={setSchedule} showFaults={wrong} />
        )}
        {word !== null && (
          <Field
            name={words.confirm(word)}
            wrong={wrong && !mayGo ? words.confirmWrong(word) : null}
            input={{
              value: typed,
              autoComplete: 'off',
              autoCapitalize: 'none',
              spellCheck: false,
              onChange: (event) => setTyped(event.target.value),
            }}
          />
        )}
        <ChangeOutcome trying={trying} />
        <button
          type="submit"
          aria-disabled={trying.busy}
          className={isFinal(kind) ? dangerButton : mainButton}
        >
          {label}
          {kind === 'restock' && trying.conflict === null && changeOf() !== null && (
            <span className="tabular-nums">+{formats.number(Number(units))}</span>
          )}
        </button>
      </form>
    </Dialog>
  );
}
