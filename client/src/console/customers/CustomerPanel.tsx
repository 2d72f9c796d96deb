import type { BlockedCustomer, CustomerAnswer } from '@flipzon/protocol/customers.ts';
import { useEffect, useRef } from 'react';
import { useLanguage } from '../../text/language.ts';
import { CancellableOrders } from '../after/CancellableOrders.tsx';
import { PageSteps } from '../after/PageSteps.tsx';
import { usePages } from '../after/use-pages.ts';
import { isolated } from '../parts/isolated.ts';
import { linkButton } from '../parts/looks.ts';
import { Panel } from '../parts/Panel.tsx';
import { Steering } from '../parts/Steering.tsx';
import { useAnswer } from '../parts/use-answer.ts';
import { useFocus } from '../parts/use-focus.ts';
import { useConsoleTexts } from '../text/console-texts.ts';
import { BlockingForm } from './BlockingForm.tsx';

const ordersOnPage = 20;

/** One customer: all their orders over all sales, and whether they may buy. */
export function CustomerPanel(props: { customerId: string; onBlocking: () => void }) {
  const texts = useConsoleTexts();
  const words = texts.shoppers;
  const { formats } = useLanguage();
  const { customerId } = props;
  const pages = usePages();
  const query = new URLSearchParams({
    limit: String(ordersOnPage),
    ...(pages.cursor !== undefined && { before: pages.cursor }),
  });
  const { body, state, refresh } = useAnswer<CustomerAnswer>(
    `/customers/${encodeURIComponent(customerId)}?${query}`,
  );
  const place = useRef<HTMLDivElement>(null);
  const focusPlace = useFocus(place);
  // The link that led here may be far away on the page.
  useEffect(() => place.current?.focus(), []);

  return (
    <div ref={place} tabIndex={-1} data-testid="customer">
      <Panel
        title={words.customer(isolated(customerId))}
        {...(body !== null && {
          detail: words.purchases(body.totalPurchases, formats.number(body.totalPurchases)),
        })}
        aside={
          <a href="#customers" className={linkButton}>
            {texts.close}
          </a>
        }
      >
        {body !== null && <BlockedState blocked={body.blocked} />}
        {body !== null && (
          <Steering>
            <BlockingForm
              customerId={customerId}
              isBlocked={body.blocked !== null}
              onDone={() => {
                refresh();
                props.onBlocking();
              }}
            />
          </Steering>
        )}
        <CancellableOrders
          orders={body?.orders ?? []}
          sales={body?.sales ?? []}
          onCancelled={() => {
            refresh();
            focusPlace();
          }}
        />
        <p role="status" className="mt-3 text-sm text-muted empty:hidden">
          {state === 'failed' && texts.after.failed}
          {state === 'loading' && texts.loading}
          {state === 'there' && body?.orders.length === 0 && texts.after.noOrders}
        </p>
        <PageSteps pages={pages} next={body?.next ?? null} className="mt-3" />
      </Panel>
    </div>
  );
}

function BlockedState({ blocked }: { blocked: BlockedCustomer | null }) {
  const words = useConsoleTexts().shoppers;
  const { formats } = useLanguage();
  if (blocked === null) return <p className="mt-2 text-sm">{words.mayBuy}</p>;
  const at = formats.dayAndSecond(Date.parse(blocked.at));
  return (
    <p className="mt-2 text-sm font-semibold text-danger [overflow-wrap:anywhere]">
      {words.blockedBy(isolated(blocked.by), at)}
      {blocked.reason !== null && (
        <span className="block font-normal">
          <q>{blocked.reason}</q>
        </span>
      )}
    </p>
  );
}
