import { type ReactNode, useEffect } from 'react';
import { FooterLinks } from '../shop/notes/notes.tsx';
import { LanguageSwitch } from '../text/LanguageSwitch.tsx';
import { BrandMark } from '../ui/BrandMark.tsx';
import { useShopName } from '../ui/shop-brand.ts';

export const linkLook =
  'inline-flex min-h-12 items-center rounded-2xl px-6 text-lg font-semibold transition-colors duration-200';
export const mainLinkLook = `${linkLook} bg-accent text-on-accent hover:bg-accent-strong`;
export const quietLinkLook = `${linkLook} border border-line hover:border-ink`;

export const messageTitle = (title: string, shop: string): string => `${title} · ${shop}`;

/** A page that only says something, with where to go from there. */
export function MessagePage(props: {
  name: string;
  mark: string;
  title: string;
  detail: string;
  children: ReactNode;
}) {
  const shop = useShopName();
  const { title } = props;
  useEffect(() => {
    document.title = messageTitle(title, shop);
  }, [title, shop]);
  return (
    <div data-page={props.name} className="mx-auto flex min-h-svh max-w-[72rem] flex-col px-5 sm:px-8">
      <header className="flex min-h-16 items-center py-2">
        <a
          href="/"
          className="-ms-2 flex min-h-11 items-center gap-2 rounded-xl px-2 text-lg font-bold tracking-tight"
        >
          <BrandMark />
          {shop}
        </a>
      </header>
      <main className="@container flex flex-1 flex-col justify-center pb-16">
        <p aria-hidden="true" className="text-xl font-semibold text-muted tabular-nums">
          {props.mark}
        </p>
        <h1 className="hero-words mt-3 max-w-[14em]">{title}</h1>
        <p className="mt-5 text-xl text-pretty text-muted">{props.detail}</p>
        <p className="mt-8 flex flex-wrap gap-3">{props.children}</p>
      </main>
      <footer>
        <FooterLinks />
        <div className="flex border-t border-line py-2 text-sm text-muted">
          <LanguageSwitch />
        </div>
      </footer>
    </div>
  );
}
