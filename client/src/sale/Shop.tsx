import type { Actions } from './actions.ts';
import { ShopPage } from './parts/ShopPage.tsx';
import type { Ticker } from './ticker.ts';
import { useSale } from './use-sale.ts';

export function Shop(props: { ticker: Ticker; actions: Actions }) {
  const { model, now } = useSale(props.ticker);
  return <ShopPage model={model} now={now} actions={props.actions} />;
}
