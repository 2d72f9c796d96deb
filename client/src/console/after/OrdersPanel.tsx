import type { OrdersPageAnswer, SaleResult } from '@flipzon/protocol/operator.ts';
import { useRef, useState } from 'react';
import { useLanguage } from '../../text/language.ts';
import { Panel } from '../parts/Panel.tsx';
import { useAnswer } from '../parts/use-answer.ts';
import { useFocus } from '../parts/use-focus.ts';
import { useConsoleTexts } from '../text/console-texts.ts';
import { CancellableOrders } from './CancellableOrders.tsx';
import { PageSteps } from './PageSteps.tsx';
import { SearchForm } from './SearchForm.tsx';
import { usePages } from './use-pages.ts';

const ordersOnPage = 20;

/** The orders of a sale, page by page, or those that match. */
export function OrdersPanel(props: { sale: SaleResult; onChange: () => void }) {
  const texts = useConsoleTexts();
  const words = texts.after;
  const { formats } = useLanguage();
  const { sale } = props;
  const [search, setSearch] = useState('');
  const pages = usePages();
  const typed = useRef<HTMLInputElement>(null);
  const focusSearch = useFocus(typed);
  const after = pages.cursor;
  const query = new URLSearchParams({
    format: 'json',
    limit: String(ordersOnPage),
    ...(search !== '' && { search }),
    ...(after !== undefined && { after }),
  });
  // The list of sales may know of more orders than this page.
  const asked = useAnswer<OrdersPageAnswer>(`/sales/${encodeURIComponent(sale.id)}/orders?${query}`, [
    sale.orders,
    sale.cancelled,
  ]);
  const orders = asked.body?.orders ?? [];

  function find(wanted: string): void {
    pages.first();
    setSearch(wanted);
  }

  return (
    <Panel title={words.orders} aside={<SearchForm label={words.search} input={typed} onSearch={find} />}>
      <CancellableOrders
        orders={orders}
        onCancelled={() => {
          asked.refresh();
          props.onChange();
          focusSearch();
        }}
      />
      <div className="mt-3 flex flex-wrap items-center gap-2">
        <p role="status" className="text-sm text-muted">
          {asked.state === 'failed' && words.failed}
          {asked.state === 'loading' && texts.loading}
          {asked.state === 'there' && orders.length === 0 && (search === '' ? words.noOrders : words.noMatch)}
          {asked.state === 'there' && orders.length > 0 && words.page(formats.number(pages.number))}
        </p>
        <span className="flex-1" />
        <PageSteps pages={pages} next={asked.body?.next ?? null} />
      </div>
    </Panel>
  );
}
