import { useLanguage } from '../../text/language.ts';
import { Glyph } from '../../ui/Glyph.tsx';
import { saveFile } from '../../ui/save-file.ts';
import { useShopName } from '../../ui/shop-brand.ts';
import { soonMs } from '../device/reminder.ts';
import { saleOffer } from '../sale-price.ts';
import { useActions, useView } from '../use-view.ts';

const button =
  'inline-flex min-h-11 cursor-pointer items-center gap-2 rounded-full border border-line bg-card px-4 text-sm font-semibold hover:border-ink';
const hourMs = 3_600_000;

/** Two reminders of the opening: an entry for the visitor's calendar, and a notification while this page is open. */
export function ReminderButtons() {
  const { texts, formats } = useLanguage();
  const shop = useShopName();
  const actions = useActions();
  const sale = useView(({ model }) => model.sale);
  const { set, blocked } = useView(({ model }) => {
    const asked = model.reminder?.saleId === model.sale?.id ? model.reminder : null;
    return { set: asked?.notifies === true, blocked: asked?.notifies === false };
  });
  const words = texts.reminder;

  async function saveEvent(): Promise<void> {
    if (sale === null) {
      return;
    }
    const { calendarFile } = await import('../device/calendar-file.ts');
    const startMs = Date.parse(sale.startsAt);
    const event = {
      uid: `${sale.id}@${location.hostname}`,
      stampMs: Date.now(),
      startMs,
      endMs: sale.endsAt === null ? startMs + hourMs : Date.parse(sale.endsAt),
      summary: words.event(sale.product.name, shop),
      description: words.description(saleOffer(sale, { texts, formats })),
      url: location.origin,
      alarmMinutesBefore: 10,
    };
    saveFile(`flipzon-${sale.id}.ics`, 'text/calendar', calendarFile(event));
  }

  return (
    <div className="mt-5">
      <div className="flex flex-wrap gap-2">
        <button type="button" className={button} onClick={() => void saveEvent()}>
          <Glyph>
            <path d="M4 5.500h12v11H4zM4 8.500h12M7.500 3.500v3M12.500 3.500v3" />
          </Glyph>
          {words.calendar}
        </button>
        <button
          type="button"
          className={button}
          aria-pressed={set}
          onClick={() => (set ? actions.forgetReminder() : void actions.remind())}
        >
          <Glyph>
            <path
              d={
                set
                  ? 'm4.500 10.500 3.500 3.500 7.500-8'
                  : 'M6 14V9.500a4 4 0 0 1 8 0V14l1.500 1.500h-11zM8.700 17.300h2.600'
              }
            />
          </Glyph>
          {set ? words.set : words.remind}
        </button>
      </div>
      <p role="status" className="mt-2 text-sm text-pretty text-muted empty:hidden">
        {set && words.kept(formats.duration(soonMs))}
        {blocked && words.blocked}
      </p>
    </div>
  );
}
