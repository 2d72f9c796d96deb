import type { OrdersFoundAnswer } from '@flipzon/protocol/customers.ts';
import { useState } from 'react';
import { OrdersTable } from '../after/OrdersTable.tsx';
import { PageSteps } from '../after/PageSteps.tsx';
import { SearchForm } from '../after/SearchForm.tsx';
import { usePages } from '../after/use-pages.ts';
import { Panel } from '../parts/Panel.tsx';
import { useAnswer } from '../parts/use-answer.ts';
import { useConsoleTexts } from '../text/console-texts.ts';

const ordersOnPage = 20;

/** Orders of all sales, by customer, order id or order number. Searches on submit, not while typing. */
export function OrderSearchPanel() {
  const texts = useConsoleTexts();
  const words = texts.shoppers;
  const [search, setSearch] = useState('');
  const pages = usePages();
  const query = new URLSearchParams({
    search,
    limit: String(ordersOnPage),
    ...(pages.cursor !== undefined && { after: pages.cursor }),
  });
  const { body: found, state } = useAnswer<OrdersFoundAnswer>(
    search === '' ? null : `/operator/orders?${query}`,
  );
  return (
    <Panel
      title={words.search}
      detail={words.searchDetail}
      aside={
        <SearchForm
          label={words.searchFor}
          onSearch={(wanted) => {
            pages.first();
            setSearch(wanted);
          }}
        />
      }
    >
      {found !== null && <OrdersTable orders={found.orders} sales={found.sales} />}
      <p role="status" className="mt-3 text-sm text-muted empty:hidden">
        {state === 'failed' && texts.after.failed}
        {state === 'loading' && texts.loading}
        {state === 'there' && found?.orders.length === 0 && texts.after.noMatch}
      </p>
      <PageSteps pages={pages} next={found?.next ?? null} className="mt-3" />
    </Panel>
  );
}
