import { useEffect } from 'react';
import { useLanguage } from '../../text/language.ts';
import type { Actions } from '../actions.ts';
import type { Model } from '../model.ts';
import { viewOf } from '../view.ts';
import { Action } from './Action.tsx';
import { Announcer } from './Announcer.tsx';
import { Banner } from './Banner.tsx';
import { Header } from './Header.tsx';
import { Hero } from './Hero.tsx';
import { OrderCard } from './OrderCard.tsx';
import { Stage } from './Stage.tsx';
import { StockLine } from './StockLine.tsx';

export function ShopPage(props: { model: Model; now: number; actions: Actions }) {
  const { texts } = useLanguage();
  const view = viewOf(props.model, props.now);
  const productName = props.model.sale?.product.name;

  useEffect(() => {
    document.title = productName === undefined ? texts.brand : texts.pageTitle(productName);
  }, [productName, texts]);

  return (
    <div
      data-state={view.state}
      aria-busy={view.state === 'loading' && !props.model.noSale}
      className="mx-auto flex min-h-svh max-w-[88rem] flex-col px-5 sm:px-8"
    >
      <Banner view={view} />
      <Header view={view} actions={props.actions} />
      <main className="grid flex-1 grid-rows-[auto_1fr] gap-6 pb-4 lg:grid-rows-1 lg:grid-cols-[minmax(0,5fr)_minmax(0,7fr)] lg:gap-14 lg:pb-8">
        <Stage view={view} />
        <div className="@container flex min-w-0 flex-col lg:justify-center lg:py-6">
          <Hero view={view} />
          <OrderCard view={view} />
          <StockLine view={view} />
          <Action view={view} actions={props.actions} />
        </div>
      </main>
      <footer className="border-t border-line py-5 text-sm text-pretty text-muted">{texts.footer}</footer>
      <Announcer model={props.model} now={props.now} />
    </div>
  );
}
