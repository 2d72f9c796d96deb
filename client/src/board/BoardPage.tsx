import { Announcer } from '../shop/components/Announcer.tsx';
import { Banner } from '../shop/components/Banner.tsx';
import { FreezeUpdates } from '../shop/components/FreezeUpdates.tsx';
import { SimulatedMark } from '../shop/components/SimulatedMark.tsx';
import { FooterLinks } from '../shop/notes/notes.tsx';
import { useView } from '../shop/use-view.ts';
import { LanguageSwitch } from '../text/LanguageSwitch.tsx';
import { useLanguage } from '../text/language.ts';
import { BrandMark } from '../ui/BrandMark.tsx';
import { BoardCurve } from './BoardCurve.tsx';
import { BoardNumber } from './BoardNumber.tsx';
import { BoardPicture } from './BoardPicture.tsx';
import { BoardTitle } from './BoardTitle.tsx';
import { Figures } from './Figures.tsx';
import { RecentUnitsList } from './RecentUnitsList.tsx';
import type { RecentUnitsValue } from './watch-recent-units.ts';

/** For a screen on a wall, and for spectators. It stays open for days, so everything that it keeps is bounded. */
export function BoardPage(props: { recentUnits: RecentUnitsValue }) {
  const { texts } = useLanguage();
  const state = useView((view) => view.state);
  return (
    <div data-state={state} data-page="board" className="flex min-h-svh flex-col px-5 sm:px-8 lg:px-12">
      <Banner />
      <header className="flex flex-wrap items-center gap-x-6 py-3 lg:py-5">
        <BrandMark />
        <BoardTitle />
        <SimulatedMark />
      </header>
      <main className="grid flex-1 gap-8 pb-6 lg:grid-cols-[minmax(0,1fr)_minmax(18rem,22vw)] lg:gap-14">
        <div className="@container relative isolate flex min-w-0 flex-col">
          <BoardNumber />
          <BoardCurve />
        </div>
        <aside className="flex min-w-0 flex-col gap-8 lg:border-s lg:border-line lg:ps-10">
          <BoardPicture />
          {/* Leads those in front of the wall to the shop. */}
          <img
            src="/qr.svg"
            alt={texts.shop}
            className="hidden w-32 self-start rounded-xl bg-white lg:block [@media(max-height:44rem)]:hidden"
          />
          <Figures />
          <RecentUnitsList recentUnits={props.recentUnits} />
        </aside>
      </main>
      <footer>
        <FooterLinks />
        <div className="flex flex-wrap items-center gap-x-5 border-t border-line py-2 text-sm text-muted">
          <a
            href="/"
            className="inline-flex min-h-11 items-center font-medium text-ink underline-offset-4 hover:underline"
          >
            {texts.shop}
          </a>
          <FreezeUpdates />
          <span className="flex-1" />
          <LanguageSwitch />
        </div>
      </footer>
      <Announcer />
    </div>
  );
}
