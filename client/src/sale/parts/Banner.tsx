import { useLanguage } from '../../text/language.ts';
import type { View } from '../view.ts';

/** Says that what is shown may be old. Not a live region itself: the announcer speaks, once. */
export function Banner(props: { view: View }) {
  const { texts } = useLanguage();
  const { stale } = props.view;
  if (stale === null) {
    return null;
  }
  return (
    <aside
      aria-label={texts.connection}
      data-testid="banner"
      className="sticky top-0 z-20 -mx-5 bg-warn-paper px-5 py-3 text-sm font-semibold text-warn-ink sm:-mx-8 sm:px-8"
    >
      {texts.message[stale]().title}
    </aside>
  );
}
