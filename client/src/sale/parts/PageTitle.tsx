import { useEffect } from 'react';
import { countdownTo } from '../../text/countdown.ts';
import { useLanguage } from '../../text/language.ts';
import { startsAtMs } from '../derive-phase.ts';
import { useView } from '../use-view.ts';

/** The title of the tab: while the page waits behind others, it counts down there too. */
export function PageTitle() {
  const { texts, formats } = useLanguage();
  const title = useView(({ model, phase, serverMs }) => {
    if (model.sale === null) {
      return texts.brand;
    }
    const page = texts.pageTitle(model.sale.product.name);
    return phase === 'countdown'
      ? `${formats.clock(countdownTo(startsAtMs(model.sale) - serverMs).parts)} · ${page}`
      : page;
  });
  useEffect(() => {
    document.title = title;
  }, [title]);
  return null;
}
