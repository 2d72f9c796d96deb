import { useView } from '../use-view.ts';
import { Action } from './Action.tsx';
import { Announcer } from './Announcer.tsx';
import { Banner } from './Banner.tsx';
import { Footer } from './Footer.tsx';
import { Header } from './Header.tsx';
import { Hero } from './Hero.tsx';
import { Notice } from './Notice.tsx';
import { OrderCard } from './OrderCard.tsx';
import { PageTitle } from './PageTitle.tsx';
import { ReminderVoice } from './ReminderVoice.tsx';
import { SimulatedMark } from './SimulatedMark.tsx';
import { Stage } from './Stage.tsx';
import { StockLine } from './StockLine.tsx';

export function ShopPage() {
  const { state, busy } = useView((view) => ({
    state: view.state,
    busy: view.state === 'loading' && !view.model.noSale,
  }));
  return (
    <div
      data-state={state}
      aria-busy={busy}
      className="mx-auto flex min-h-svh max-w-[88rem] flex-col px-5 sm:px-8"
    >
      <Banner />
      <Header />
      <main className="grid flex-1 grid-rows-[auto_1fr] gap-5 pb-4 sm:gap-6 lg:grid-cols-[minmax(0,5fr)_minmax(0,7fr)] lg:grid-rows-1 lg:gap-14 lg:pb-8">
        <Stage />
        <div className="@container flex min-w-0 flex-col lg:justify-center lg:py-6">
          <Notice />
          <SimulatedMark />
          <Hero />
          <OrderCard />
          <StockLine />
          <Action />
        </div>
      </main>
      <Footer />
      <Announcer />
      <PageTitle />
      <ReminderVoice />
    </div>
  );
}
