import { useView } from '../use-view.ts';
import { Action } from './Action.tsx';
import { Announcer } from './Announcer.tsx';
import { Banner } from './Banner.tsx';
import { BoughtBefore } from './BoughtBefore.tsx';
import { Header } from './Header.tsx';
import { Hero } from './Hero.tsx';
import { Notice } from './Notice.tsx';
import { OrderCard } from './OrderCard.tsx';
import { PageTitle } from './PageTitle.tsx';
import { ReminderVoice } from './ReminderVoice.tsx';
import { ShopLayout, shopLook } from './ShopLayout.tsx';
import { SimulatedMark } from './SimulatedMark.tsx';
import { StockLine } from './StockLine.tsx';

export function ShopPage() {
  const { state, busy } = useView((view) => ({
    state: view.state,
    busy: view.state === 'loading' && !view.model.noSale,
  }));
  return (
    <div data-state={state} aria-busy={busy} className={shopLook}>
      <Banner />
      <ShopLayout header={<Header />}>
        <BoughtBefore />
        <Notice />
        <SimulatedMark />
        <Hero />
        <OrderCard />
        <StockLine />
        <Action />
      </ShopLayout>
      <Announcer />
      <PageTitle />
      <ReminderVoice />
    </div>
  );
}
