import type { Storage } from '../../storage.ts';
import { startsAtMs } from '../model/derive-phase.ts';
import type { Reminder } from '../model/model.ts';
import type { Store } from '../model/store.ts';
import type { View } from '../model/view.ts';

const key = 'flipzon.reminder';
/** Long enough to come back to the page, short enough not to go away again. */
export const soonMs = 2 * 60_000;
/** A page that slept through the opening does not announce it as news. */
const lateMsMax = 60_000;

export type ReminderMoment = 'soon' | 'open';

export function keptReminder(storage: Storage): Reminder | null {
  const saleId = storage.read(key);
  return saleId === null ? null : { saleId, notifies: mayNotify() };
}

/** Call it from a gesture: browsers require one for the permission. Without notifications there is no reminder, and the page says so. */
export async function askToRemind(store: Store, storage: Storage): Promise<void> {
  const saleId = store.get().sale?.id;
  if (saleId === undefined) {
    return;
  }
  if ('Notification' in window && Notification.permission === 'default') {
    await Notification.requestPermission();
  }
  const notifies = mayNotify();
  if (notifies) {
    storage.write(key, saleId);
  }
  store.dispatch({ type: 'reminder', reminder: { saleId, notifies } });
}

export function forgetReminder(store: Store, storage: Storage): void {
  storage.remove(key);
  store.dispatch({ type: 'reminder', reminder: null });
}

function mayNotify(): boolean {
  return 'Notification' in window && Notification.permission === 'granted';
}

/** The state of the reminder at a time: each of the two moments is reached once, and again if the sale is moved. */
export function reminderMoment(view: View): ReminderMoment | null {
  const { sale, reminder } = view.model;
  if (sale === null || reminder?.saleId !== sale.id) {
    return null;
  }
  const leftMs = startsAtMs(sale) - view.serverMs;
  if (view.phase === 'live') {
    return leftMs > -lateMsMax ? 'open' : null;
  }
  const waiting = view.phase === 'countdown' || view.phase === 'scheduled';
  return waiting && leftMs > 0 && leftMs <= soonMs ? 'soon' : null;
}
