import { useLanguage } from '../../text/language.ts';
import { useView } from '../use-view.ts';

/** Says that the page may be out of date. Not a live region: the announcer speaks, once. */
export function Banner() {
  const { texts } = useLanguage();
  const stale = useView(({ stale: why, model }) => {
    if (why === 'reconnecting' && !model.connectedBefore) {
      return 'connecting';
    }
    return why === 'unavailable' && model.attempt === null ? 'unavailable_to_all' : why;
  });
  if (stale === null) {
    return null;
  }
  return (
    <aside
      aria-label={texts.connection}
      data-testid="banner"
      className="sticky top-0 z-20 -mx-5 flex items-center gap-2.5 bg-warn-paper px-5 py-3 text-sm font-semibold text-warn-ink sm:-mx-8 sm:px-8"
    >
      <span aria-hidden="true" className="beat size-2 shrink-0 rounded-full bg-current" />
      {texts.message[stale]().title}
    </aside>
  );
}
