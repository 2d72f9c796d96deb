import type { SaleResult, SalesAnswer } from '@flipzon/protocol/operator.ts';
import { useEffect, useState } from 'react';
import { useView } from '../../shop/use-view.ts';
import { useLanguage } from '../../text/language.ts';
import { useValue } from '../../value.ts';
import { useConsole } from '../console-context.ts';
import { linkButton } from '../parts/looks.ts';
import { Panel } from '../parts/Panel.tsx';
import { SelectField } from '../parts/SelectField.tsx';
import { useAnswer } from '../parts/use-answer.ts';
import { useConsoleTexts } from '../text/console-texts.ts';
import { OrdersPanel } from './OrdersPanel.tsx';
import { PageSteps } from './PageSteps.tsx';
import { ResultPanel } from './ResultPanel.tsx';
import { SalesTable } from './SalesTable.tsx';
import { groupOf, type SaleGroup, saleGroups } from './sale-groups.ts';
import { usePages } from './use-pages.ts';

const salesOnPage = 10;
/** How often the results are read again; the Live view is up to the second. */
const refreshMs = 10_000;

/** The results of this sale and of earlier ones. */
export function AfterPart() {
  const texts = useConsoleTexts();
  const words = texts.after;
  const { formats } = useLanguage();
  const { plans, drafts } = useValue(useConsole().plans.value);
  const planned = plans.length;
  const [group, setGroup] = useState<SaleGroup | 'all'>('all');
  const pages = usePages();
  const [chosen, setChosen] = useState<SaleResult | null>(null);
  const { saleId, asked, sales } = useSales(pages.cursor);
  // As the list knows it now, if it is on this page of it.
  const shown = sales.find(({ id }) => id === (chosen?.id ?? saleId)) ?? chosen ?? sales[0] ?? null;
  const ahead = pages.number === 1 ? [...drafts, ...plans.toReversed()] : [];
  const listed = [...ahead, ...sales].filter(({ status }) => group === 'all' || groupOf(status) === group);

  return (
    <>
      <Panel
        title={words.sales}
        detail={words.salesDetail}
        aside={
          planned > 0 && (
            <a href="#setup" className={linkButton}>
              {texts.plans.waiting(planned, formats.number(planned))}
            </a>
          )
        }
      >
        <div className="mt-3 sm:max-w-60">
          <SelectField
            name={words.show}
            value={group}
            options={(['all', ...saleGroups] as const).map((value) => ({
              value,
              text: words.groups[value],
            }))}
            onChange={setGroup}
          />
        </div>
        <SalesTable sales={listed} shownId={shown?.id ?? null} onChoose={setChosen} />
        <p role="status" className="text-sm text-muted empty:hidden">
          {asked.state === 'failed' && words.failed}
          {asked.state === 'loading' && sales.length === 0 && texts.loading}
          {asked.state === 'there' &&
            listed.length === 0 &&
            (group === 'all' ? texts.strip.none : words.noneOfThese)}
        </p>
        <PageSteps pages={pages} next={asked.body?.next ?? null} className="mt-3" />
      </Panel>
      {shown !== null && (
        <div className="grid items-start gap-4 lg:grid-cols-[minmax(18rem,24rem)_minmax(0,1fr)]">
          <ResultPanel key={`result-${shown.id}`} sale={shown} />
          <OrdersPanel key={`orders-${shown.id}`} sale={shown} onChange={asked.refresh} />
        </div>
      )}
    </>
  );
}

/** A page of the sales that have results, and the id of the sale that is on. */
function useSales(before: string | undefined) {
  const query = new URLSearchParams({ limit: String(salesOnPage), ...(before !== undefined && { before }) });
  const { saleId, version, status } = useView(({ model, phase }) => ({
    saleId: model.sale?.id ?? null,
    version: model.sale?.version ?? 0,
    status: phase,
  }));
  // A change by another operator, or a sale that opens or ends by the clock, changes the results.
  const asked = useAnswer<SalesAnswer>(`/operator/sales?${query}`, [saleId, version, status]);
  const { refresh } = asked;
  useEffect(() => {
    const timer = setInterval(refresh, refreshMs);
    return () => clearInterval(timer);
  }, [refresh]);
  // A planned sale has no results yet; it is changed where it was planned.
  const sales = asked.body?.sales.filter(({ status }) => status !== 'planned') ?? [];
  return { saleId, asked, sales };
}
