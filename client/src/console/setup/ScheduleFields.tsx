import { Field } from '../parts/Field.tsx';
import { RadioField } from '../parts/RadioField.tsx';
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
        <OpeningField
          schedule={schedule}
          read={read}
          wrong={openFault && (openFault === 'gap' ? words.wrong.gap(schedule.zone) : words.wrong[openFault])}
          onChange={change}
        />
      )}
      <EndField
        schedule={schedule}
        read={read}
        wrong={endFault && (endFault === 'endGap' ? words.wrong.gap(schedule.zone) : words.wrong.endsAt)}
        onChange={change}
      />
    </div>
  );
}

interface Time {
  schedule: Schedule;
  read: ReadSchedule;
  wrong: string | null;
  onChange: (part: Partial<Schedule>) => void;
}

/** Where clocks show the time twice, asks which of the two is meant. */
function OpeningField(props: Time) {
  const words = useConsoleTexts().setup;
  const { schedule, read, onChange } = props;
  return (
    <div className="flex min-w-0 flex-col gap-2">
      <Field
        name={words.opensAt}
        wrong={props.wrong}
        input={{
          type: 'datetime-local',
          value: schedule.opens,
          onChange: (event) => onChange({ opens: event.target.value, opensSecond: false }),
        }}
      />
      {read.ambiguous && (
        <RadioField
          legend={<span className="text-accent-ink">{words.twice}</span>}
          value={schedule.opensSecond}
          options={[
            { value: false, text: words.twiceFirst },
            { value: true, text: words.twiceSecond },
          ]}
          onChange={(opensSecond) => onChange({ opensSecond })}
        />
      )}
    </div>
  );
}

function EndField(props: Time) {
  const words = useConsoleTexts().setup;
  const { schedule, read, onChange } = props;
  return (
    <div className="flex min-w-0 flex-col gap-1.5">
      <label className="inline-flex min-h-6 cursor-pointer items-center gap-2 text-sm font-medium">
        <input
          type="checkbox"
          className="size-5 accent-accent-ink"
          checked={schedule.hasEnd}
          onChange={(event) =>
            onChange({
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
          wrong={props.wrong}
          input={{
            type: 'datetime-local',
            value: schedule.ends,
            onChange: (event) => onChange({ ends: event.target.value }),
          }}
        />
      )}
    </div>
  );
}
