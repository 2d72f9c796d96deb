import { useId } from 'react';
import { Field } from '../parts/Field.tsx';
import { SelectField } from '../parts/SelectField.tsx';
import { useConsoleTexts } from '../text/console-texts.ts';
import { type ReadSchedule, type Schedule, usualEnd } from './schedule.ts';
import { keepZone, zones } from './zones.ts';

/** Times are typed as the clocks of the chosen zone show them, wherever the operator sits. */
export function ScheduleFields(props: {
  schedule: Schedule;
  read: ReadSchedule;
  /** An opening that is "now" or past has no field. */
  opens: boolean;
  showFaults: boolean;
  onChange: (next: Schedule) => void;
}) {
  const words = useConsoleTexts().setup;
  const { schedule, read } = props;
  const id = useId();
  const change = (part: Partial<Schedule>) => props.onChange({ ...schedule, ...part });
  const options = zones.includes(schedule.zone) ? zones : [schedule.zone, ...zones];
  const openFault = read.openFault === 'gap' || props.showFaults ? read.openFault : null;
  const endFault = read.endFault === 'endGap' || props.showFaults ? read.endFault : null;
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <div className="min-w-0 sm:col-span-2">
        <SelectField
          name={words.zone}
          value={schedule.zone}
          options={options.map((zone) => ({ value: zone, text: zone }))}
          onChange={(zone) => {
            keepZone(zone);
            change({ zone });
          }}
        />
      </div>
      {props.opens && (
        <div className="flex min-w-0 flex-col gap-2">
          <Field
            name={words.opensAt}
            wrong={
              openFault && (openFault === 'gap' ? words.wrong.gap(schedule.zone) : words.wrong[openFault])
            }
            input={{
              type: 'datetime-local',
              value: schedule.opens,
              onChange: (event) => change({ opens: event.target.value, opensSecond: false }),
            }}
          />
          {read.ambiguous && (
            <fieldset className="text-sm">
              <legend className="text-accent-ink">{words.twice}</legend>
              {[false, true].map((second) => (
                <label
                  key={String(second)}
                  className="me-4 inline-flex min-h-11 cursor-pointer items-center gap-2"
                >
                  <input
                    type="radio"
                    name={`${id}-which`}
                    className="size-5 accent-accent-ink"
                    checked={schedule.opensSecond === second}
                    onChange={() => change({ opensSecond: second })}
                  />
                  {second ? words.twiceSecond : words.twiceFirst}
                </label>
              ))}
            </fieldset>
          )}
        </div>
      )}
      <div className="flex min-w-0 flex-col gap-1.5">
        <label className="inline-flex min-h-6 cursor-pointer items-center gap-2 text-sm font-medium">
          <input
            type="checkbox"
            className="size-5 accent-accent-ink"
            checked={schedule.hasEnd}
            onChange={(event) =>
              change({
                hasEnd: event.target.checked,
                ends: schedule.ends === '' ? usualEnd(read.startsMs, schedule) : schedule.ends,
              })
            }
          />
          {words.hasEnd}
        </label>
        {schedule.hasEnd && (
          <Field
            name={words.endsAt}
            wrong={endFault && (endFault === 'endGap' ? words.wrong.gap(schedule.zone) : words.wrong.endsAt)}
            input={{
              type: 'datetime-local',
              value: schedule.ends,
              onChange: (event) => change({ ends: event.target.value }),
            }}
          />
        )}
      </div>
    </div>
  );
}
