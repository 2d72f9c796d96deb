import { useLanguage } from '../../text/language.ts';
import { startsAtMs } from '../model/derive-phase.ts';
import { useView } from '../use-view.ts';

/** The opening in the visitor's own zone, which is named, with UTC beside it for comparing with others. */
export function OpeningTime(props: { withDay: boolean }) {
  const { texts, formats } = useLanguage();
  const { startsAt, startMs } = useView(({ model }) => ({
    startsAt: model.sale?.startsAt ?? '',
    startMs: model.sale === null ? 0 : startsAtMs(model.sale),
  }));
  const inUtc = formats.besideInUtc(startMs);
  return (
    <span className="inline-flex flex-wrap gap-x-4">
      <time dateTime={startsAt} className="sm:whitespace-nowrap">
        {props.withDay ? formats.dayTimeAndZone(startMs) : formats.timeAndZone(startMs)}
      </time>
      {inUtc !== null && <span className="sm:whitespace-nowrap"> {texts.utc(inUtc)}</span>}
    </span>
  );
}
