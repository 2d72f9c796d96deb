import { createContext, useContext, useRef, useSyncExternalStore } from 'react';
import type { Actions } from './actions.ts';
import type { StockSeen, StockWatch } from './live/stock-watch.ts';
import type { Ticker } from './live/ticker.ts';
import { shallowEqual } from './model/shallow-equal.ts';
import type { View } from './model/view.ts';

export interface ShopParts {
  ticker: Ticker;
  stockWatch: StockWatch;
  actions: Actions;
}

export const ShopContext = createContext<ShopParts | null>(null);

function useShop(): ShopParts {
  const shop = useContext(ShopContext);
  if (shop === null) {
    throw new Error('outside a shop');
  }
  return shop;
}

export function useActions(): Actions {
  return useShop().actions;
}

/**
 * The part of the view that a component needs. The component renders again only if that has changed: twenty counts a second concern the
 * number and the bar, and nothing else.
 */
export function useView<Selected>(select: (view: View) => Selected): Selected {
  const { ticker } = useShop();
  const last = useRef<{ selected: Selected } | null>(null);
  const read = () => {
    const selected = select(ticker.get());
    if (last.current === null || !shallowEqual(last.current.selected, selected)) {
      last.current = { selected };
    }
    return last.current.selected;
  };
  // The same on the server, which draws the first view.
  return useSyncExternalStore(ticker.subscribe, read, read);
}

/** The live values; frozen while the visitor has stopped the updates. */
export function useUnlessFrozen<Value>(live: Value): Value {
  const frozen = useView((view) => view.frozen !== null);
  const shown = useRef(live);
  if (!frozen) {
    shown.current = live;
  }
  return shown.current;
}

/** The stock that this page has seen. */
export function useStockShown(): StockSeen {
  const { stockWatch } = useShop();
  return useUnlessFrozen(useSyncExternalStore(stockWatch.subscribe, stockWatch.get, stockWatch.get));
}
