import { useEffect } from 'react';
import { countdownText } from '../../text/Countdown.tsx';
import { useLanguage } from '../../text/language.ts';
import { useShopName } from '../../ui/shop-brand.ts';
import { startsAtMs } from '../model/derive-phase.ts';
import { useView } from '../use-view.ts';

/** The title of the tab: while the page waits behind others, it counts down there too. */
export function PageTitle() {
  const language = useLanguage();
  const { texts } = language;
  const shop = useShopName();
  const title = useView(({ model, phase, serverMs }) => {
    if (model.sale === null) {
      return shop;
    }
    const page = texts.pageTitle(model.sale.product.name, shop);
    return phase === 'countdown'
      ? `${countdownText(language, startsAtMs(model.sale) - serverMs)} · ${page}`
      : page;
  });
  useEffect(() => {
    document.title = title;
  }, [title]);
  return null;
}
