import { type ComponentType, useEffect, useState } from 'react';

/** By then the page is drawn and connected. */
const fetchAfterMs = 2_000;
const againAfterMs = 2_000;

/**
 * A part of the page that the first view does without. Its hook is null until the part is there: it is fetched a little after the page, at
 * once where it is `wanted`, and not at all where it is `useless`. When it can't be fetched, the page stays whole and tries again.
 */
export function laterPart<Props>(load: () => Promise<ComponentType<Props>>) {
  let part: ComponentType<Props> | null = null;
  return function useLater(need: 'wanted' | 'later' | 'useless'): ComponentType<Props> | null {
    const [shown, setShown] = useState<ComponentType<Props> | null>(() => part);
    useEffect(() => {
      if (shown !== null || need === 'useless') return;
      let timer: ReturnType<typeof setTimeout>;
      const fetchIt = () =>
        load().then(
          (loaded) => {
            part = loaded;
            setShown(() => loaded);
          },
          () => {
            timer = setTimeout(fetchIt, againAfterMs);
          },
        );
      timer = setTimeout(fetchIt, need === 'wanted' ? 0 : fetchAfterMs);
      return () => clearTimeout(timer);
    }, [shown, need]);
    return need === 'useless' ? null : shown;
  };
}
