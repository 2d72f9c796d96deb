import { useLanguage } from '../../text/language.ts';
import { useBrand } from '../../ui/shop-brand.ts';
import { useView } from '../use-view.ts';
import { Action } from './Action.tsx';
import { Announcer } from './Announcer.tsx';
import { Banner } from './Banner.tsx';
import { Header } from './Header.tsx';
import { Hero } from './Hero.tsx';
import { Notice } from './Notice.tsx';
import { OrderCard } from './OrderCard.tsx';
import { PageTitle } from './PageTitle.tsx';
import { Presale } from './Presale.tsx';
import { ReminderVoice } from './ReminderVoice.tsx';
import { ShopLayout, shopLook } from './ShopLayout.tsx';
import { ShopNote } from './ShopNote.tsx';
import { SimulatedMark } from './SimulatedMark.tsx';
import { StockLine } from './StockLine.tsx';
import { Variants } from './Variants.tsx';

export function ShopPage() {
  const hasSettings = useBrand() !== null;
  const { state, busy } = useView((view) => ({
    state: view.state,
    busy: view.state === 'loading' && !view.model.noSale,
  }));
  return (
    <div data-state={state} aria-busy={busy} className={shopLook}>
      <Banner />
      <ShopLayout header={<Header />} notes={hasSettings && <ShopNote part="FooterLinks" />}>
        <BoughtBefore />
        <Notice />
        <SimulatedMark />
        <Hero />
        <OrderCard />
        <StockLine />
        <Variants />
        <Action />
        <Presale />
        <ShopNote part="BesideBuy" />
      </ShopLayout>
      <Announcer />
      <PageTitle />
      <ReminderVoice />
    </div>
  );
}

/** The answer to a press in the sale before this one has come. */
function BoughtBefore() {
  const { texts, formats } = useLanguage();
  const unit = useView(({ model }) => model.boughtBefore?.unit ?? null);
  return (
    <p
      role="status"
      data-testid="bought-before"
      className="mb-6 rounded-2xl border border-line bg-card p-4 text-pretty empty:hidden sm:p-5"
    >
      {unit !== null && texts.message.boughtBefore(formats.number(unit))}
    </p>
  );
}
