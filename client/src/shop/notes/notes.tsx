import type { ReactNode } from 'react';
import { useLanguage } from '../../text/language.ts';
import { noteTexts } from '../../text/notes.ts';
import { useBrand, useShopName } from '../../ui/shop-brand.ts';
import { useView } from '../use-view.ts';

/* What a shopper asks before and after buying, in the shop's own words. Drawn in the first view, and loaded after it. */

function useWords() {
  return noteTexts[useLanguage().tag];
}

/** Under the button: a customer’s share until the opening, then what the shop says of delivery and returns. */
export function BesideBuy() {
  const { formats } = useLanguage();
  const words = useWords();
  const shop = useBrand();
  const { isAhead, perCustomer } = useView(({ model: { sale }, phase }) => ({
    isAhead: phase === 'scheduled' || phase === 'countdown',
    perCustomer: sale?.perCustomer ?? 1,
  }));
  const { terms = null, returns = null } = shop?.links ?? {};
  const delivery = shop?.delivery ?? '';
  const hasLinks = terms !== null || returns !== null;
  if (!isAhead && delivery === '' && !hasLinks) return null;
  return (
    <section
      aria-label={words.terms}
      className="mt-5 flex flex-col gap-1 text-sm text-pretty text-muted lg:order-last"
    >
      {isAhead && <p>{words.perCustomer(perCustomer, formats.number(perCustomer))}</p>}
      {delivery !== '' && (
        <p dir="auto" className="max-w-[65ch] whitespace-pre-line [overflow-wrap:anywhere]">
          {delivery}
        </p>
      )}
      {hasLinks && (
        <p className="flex flex-wrap gap-x-5">
          {terms !== null && <Away href={terms}>{words.links.terms}</Away>}
          {returns !== null && <Away href={returns}>{words.links.returns}</Away>}
        </p>
      )}
    </section>
  );
}

/** At the foot of the page: who sells, what the law asks for, and where to ask. */
export function FooterLinks() {
  const words = useWords();
  const shop = useBrand();
  const name = useShopName();
  if (shop === null) return null;
  const { links, contact } = shop;
  const pages = (['imprint', 'terms', 'privacy', 'returns'] as const).filter((page) => links[page] !== null);
  if (pages.length === 0 && contact.email === null && contact.link === null && shop.name === null)
    return null;
  return (
    <div className="flex flex-wrap items-center gap-x-5 border-t border-line pt-2 text-sm text-muted">
      <span className="py-2">{words.soldBy(`\u2068${name}\u2069`)}</span>
      {pages.map((page) => (
        <Away key={page} href={links[page] ?? ''}>
          {words.links[page]}
        </Away>
      ))}
      {contact.link !== null && <Away href={contact.link}>{words.links.contact}</Away>}
      {contact.email !== null && (
        <Away href={`mailto:${contact.email}`}>
          <bdi>{contact.email}</bdi>
        </Away>
      )}
    </div>
  );
}

/** With a confirmed order: what the shop does now. */
export function NextSteps() {
  const words = useWords();
  const next = useBrand()?.next;
  if (next === undefined || (next.text === '' && next.link === null)) return null;
  return (
    <div className="mb-4 text-pretty">
      <h3 className="font-semibold tracking-tight">{words.next}</h3>
      <p dir="auto" className="mt-1 whitespace-pre-line [overflow-wrap:anywhere] empty:hidden">
        {next.text}
      </p>
      {next.link !== null && <Away href={next.link}>{words.nextLink}</Away>}
    </div>
  );
}

/** For a visitor whose browser runs no script. */
export function NeedsScript() {
  return (
    <noscript>
      <p className="mt-5 rounded-2xl border border-line bg-card p-4 font-medium">{useWords().needsScript}</p>
    </noscript>
  );
}

/** A link that opens in another tab, so that the sale stays open in this one. */
function Away(props: { href: string; children: ReactNode }) {
  return (
    <a
      href={props.href}
      target="_blank"
      rel="noopener noreferrer"
      className="inline-flex min-h-11 items-center font-medium text-ink underline decoration-line underline-offset-4 hover:decoration-ink"
    >
      {props.children}
    </a>
  );
}
