import { lazy, Suspense, useEffect } from 'react';
import { Banner } from '../shop/components/Banner.tsx';
import { useView } from '../shop/use-view.ts';
import { LanguageSwitch } from '../text/LanguageSwitch.tsx';
import { useLanguage } from '../text/language.ts';
import { DrawAgain } from '../ui/DrawAgain.tsx';
import { DrawFailed } from '../ui/DrawFailed.tsx';
import { useShopName } from '../ui/shop-brand.ts';
import { useValue } from '../value.ts';
import { AfterPart } from './after/AfterPart.tsx';
import { useConsole } from './console-context.ts';
import { ControlPart } from './control/ControlPart.tsx';
import { ConsoleHeader } from './parts/ConsoleHeader.tsx';
import { InvariantAnnouncer } from './parts/InvariantAnnouncer.tsx';
import { linkButton } from './parts/looks.ts';
import { OperatorSignIn } from './parts/OperatorSignIn.tsx';
import { SaleStrip } from './parts/SaleStrip.tsx';
import { usePart } from './parts/use-part.ts';
import { SetupPart } from './setup/SetupPart.tsx';
import { useConsoleTexts } from './text/console-texts.ts';

/** The charts' library is loaded when the charts are shown. */
const WatchPart = lazy(() =>
  import('./watch/WatchPart.tsx').then((module) => ({ default: module.WatchPart })),
);

/** Loaded lazily: most visits to the console are not about a customer. */
const CustomersPart = lazy(() =>
  import('./customers/CustomersPart.tsx').then((module) => ({ default: module.CustomersPart })),
);

const content = {
  setup: SetupPart,
  control: ControlPart,
  watch: WatchPart,
  customers: CustomersPart,
  after: AfterPart,
};

/** The operator's page: plan a sale, control it, watch it, and see its results. */
export function ConsolePage() {
  const words = useConsoleTexts();
  const { texts } = useLanguage();
  const shop = useShopName();
  const services = useConsole();
  const watching = useValue(services.watching);
  const part = usePart();
  const { product, operator, state } = useView(({ model, state }) => ({
    product: model.sale?.product.name ?? null,
    operator: model.customer?.id ?? null,
    state,
  }));
  useEffect(() => {
    document.title = product === null ? `${shop} · ${words.title}` : words.pageTitle(product, shop);
  }, [product, shop, words]);
  const signedIn = operator !== null && watching !== 'forbidden';
  const Content = content[part];
  return (
    <div
      data-state={state}
      data-page="console"
      data-part={part}
      className="mx-auto flex min-h-svh max-w-[96rem] flex-col px-4 max-sm:pb-16 sm:px-6"
    >
      <Banner />
      <ConsoleHeader signedIn={signedIn} />
      <main className="flex flex-1 flex-col gap-4 pb-6">
        {signedIn ? (
          <>
            <SaleStrip />
            <DrawAgain key={part} otherwise={<DrawFailed />}>
              <Suspense fallback={<p className="p-5 text-muted">{words.loading}</p>}>
                <Content />
              </Suspense>
            </DrawAgain>
          </>
        ) : (
          <OperatorSignIn forbidden={watching === 'forbidden' ? operator : null} />
        )}
      </main>
      <footer className="flex flex-wrap items-center gap-x-5 border-t border-line py-2 text-sm text-muted">
        <a href="/" className={linkButton}>
          {texts.shop}
        </a>
        <a href="/board" className={linkButton}>
          {texts.board}
        </a>
        <span className="flex-1" />
        <LanguageSwitch />
      </footer>
      {signedIn && <InvariantAnnouncer />}
    </div>
  );
}
