import { useEffect } from 'react';
import { FooterLinks } from '../shop/notes/notes.tsx';
import { LanguageSwitch } from '../text/LanguageSwitch.tsx';
import { useLanguage } from '../text/language.ts';
import { BrandMark } from '../ui/BrandMark.tsx';
import { useShopName } from '../ui/shop-brand.ts';
import { ReportBody } from './ReportBody.tsx';
import { useWords } from './use-words.ts';
import { useReport } from './watch-report.ts';

/** How a sale went. The page is the same for all visitors and needs no socket. */
export function ReportPage(props: { saleId: string }) {
  const { texts } = useLanguage();
  const shop = useShopName();
  const { words } = useWords();
  const { state, again } = useReport(props.saleId);
  const report = typeof state === 'object' ? state.report : null;
  const product = report?.product.name ?? null;
  useEffect(() => {
    document.title = product === null ? words.heading : words.title(product);
  }, [product, words]);
  return (
    <div
      data-page="report"
      data-report={report === null ? state : report.seal === null ? 'open' : 'sealed'}
      className="mx-auto flex min-h-svh max-w-[72rem] flex-col px-5 sm:px-8"
    >
      <header className="flex min-h-16 items-center justify-between gap-4 py-2 text-sm">
        <a
          href="/"
          className="-ms-2 flex min-h-11 min-w-11 items-center gap-2 rounded-xl px-2 text-lg font-bold tracking-tight"
        >
          <BrandMark />
          {shop}
        </a>
        <LanguageSwitch />
      </header>
      <main className="@container flex-1 pb-12" aria-busy={state === 'loading'}>
        {report !== null && <ReportBody report={report} />}
        {typeof state === 'string' && (
          <div role="status" className="py-24 text-center">
            <p className="text-2xl font-semibold tracking-tight text-balance">
              {state === 'loading' && words.loading}
              {state === 'failed' && words.failed}
              {state === 'not_found' && words.notFound}
            </p>
            {state === 'failed' && (
              <button
                type="button"
                onClick={again}
                className="mt-5 min-h-11 cursor-pointer rounded-full border border-line px-5 font-semibold hover:border-ink"
              >
                {words.again}
              </button>
            )}
          </div>
        )}
      </main>
      <footer>
        <FooterLinks />
        <div className="flex flex-wrap items-center gap-x-8 gap-y-2 border-t border-line py-4 text-sm text-muted">
          <p className="flex-1 text-pretty">{texts.footer}</p>
          <a
            href="/"
            className="inline-flex min-h-11 items-center font-medium text-ink underline-offset-4 hover:underline"
          >
            {texts.shop}
          </a>
        </div>
      </footer>
    </div>
  );
}
