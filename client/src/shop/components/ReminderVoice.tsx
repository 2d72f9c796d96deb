import { useEffect, useRef } from 'react';
import { useLanguage } from '../../text/language.ts';
import { notify } from '../../ui/notify.ts';
import { type ReminderMoment, reminderMoment, soonMs } from '../device/reminder.ts';
import { useView } from '../use-view.ts';

/** Reminds the visitor, if they asked for it, by a notification of the browser, while the page is open. */
export function ReminderVoice() {
  const { texts, formats } = useLanguage();
  const { moment, notifies, product, saleId } = useView((view) => ({
    moment: reminderMoment(view),
    notifies: view.model.reminder?.notifies ?? false,
    product: view.model.sale?.product.name ?? '',
    saleId: view.model.sale?.id ?? '',
  }));
  const said = useRef<ReminderMoment | null>(null);

  useEffect(() => {
    if (moment === said.current) {
      return;
    }
    said.current = moment;
    if (notifies && moment !== null && document.visibilityState === 'hidden') {
      const words = texts.reminder;
      notify({
        tag: `flipzon-${saleId}`,
        title: moment === 'soon' ? words.soon(product, formats.duration(soonMs)) : words.open(product),
        body: moment === 'soon' ? words.soonDetail : '',
      });
    }
  }, [moment, notifies, product, saleId, texts, formats]);
  return null;
}
