import type { Sale } from '@flipzon/protocol/schemas.ts';
import { useView } from '../../shop/use-view.ts';
import { ScheduleFields } from '../setup/ScheduleFields.tsx';
import { SchedulePreview } from '../setup/SchedulePreview.tsx';
import { readSchedule, type Schedule } from '../setup/schedule.ts';

/** If a sale has opened, only its end can be moved. */
export function MoveFields(props: {
  sale: Sale;
  schedule: Schedule;
  showFaults: boolean;
  onChange: (next: Schedule) => void;
}) {
  const { sale, schedule } = props;
  const secondMs = useView(({ serverMs }) => Math.floor(serverMs / 1000) * 1000);
  const startsMs = Date.parse(sale.startsAt);
  const hasOpened = startsMs <= secondMs;
  const read = readSchedule(schedule, secondMs, hasOpened ? startsMs : null);
  return (
    <>
      <ScheduleFields
        schedule={schedule}
        read={read}
        opens={!hasOpened}
        showFaults={props.showFaults}
        onChange={props.onChange}
      />
      <SchedulePreview startsMs={read.startsMs} endsMs={read.endsMs} zone={schedule.zone} nowMs={secondMs} />
    </>
  );
}
