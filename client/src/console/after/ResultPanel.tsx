import type { AuditReport } from '@flipzon/protocol/audit-schemas.ts';
import type { ConversionAnswer } from '@flipzon/protocol/customers.ts';
import { moneyOf, times } from '@flipzon/protocol/money.ts';
import type { SaleResult } from '@flipzon/protocol/operator.ts';
import { type ReactNode, useState } from 'react';
import { useLanguage } from '../../text/language.ts';
import { useConsole } from '../console-context.ts';
import { FactList } from '../parts/FactList.tsx';
import { linkButton, quietButton } from '../parts/looks.ts';
import { Panel } from '../parts/Panel.tsx';
import { Steering } from '../parts/Steering.tsx';
import { useAnswer } from '../parts/use-answer.ts';
import { useDownload } from '../parts/use-download.ts';
import { useConsoleTexts } from '../text/console-texts.ts';
import { VariantResults } from '../variants/VariantResults.tsx';
import { AuditResult } from './AuditResult.tsx';

/** One sale's outcome, and the ways to prove it. */
export function ResultPanel(props: { sale: SaleResult }) {
  const texts = useConsoleTexts();
  const words = texts.after;
  const { api, fillForm } = useConsole();
  const { sale } = props;
  const path = `/sales/${encodeURIComponent(sale.id)}`;
  const facts = useFacts(sale, path);
  const [audit, setAudit] = useState<AuditReport | 'running' | 'failed' | null>(null);
  const { failed: csvFailed, download } = useDownload();

  async function recompute(): Promise<void> {
    setAudit('running');
    const answer = await api.ask<AuditReport>(`${path}/audit`);
    setAudit(answer.ok ? answer.body : 'failed');
  }

  const saveOrders = () => download(`${path}/orders?format=csv`, `orders-${sale.id}.csv`, 'text/csv');

  return (
    <Panel title={`${words.result}: ${sale.product.name}`}>
      <FactList facts={facts} className="mt-3" />
      {sale.variants !== undefined && <VariantResults sale={sale} />}
      <div className="mt-4 flex flex-wrap items-center gap-2.5">
        <button type="button" className={quietButton} onClick={() => void saveOrders()}>
          {words.csv}
        </button>
        <button
          type="button"
          className={quietButton}
          aria-disabled={audit === 'running'}
          onClick={() => void (audit === 'running' || recompute())}
        >
          {audit === 'running' ? words.checking : words.check}
        </button>
        <Steering>
          <button type="button" className={quietButton} onClick={() => fillForm({ sale, isEdited: false })}>
            {texts.plans.duplicate}
          </button>
        </Steering>
        {sale.status === 'ended' && (
          <a href={`${path}/report`} className={linkButton}>
            {words.report}
          </a>
        )}
      </div>
      {sale.status !== 'ended' && <p className="mt-2 text-sm text-muted">{words.noReport}</p>}
      <div role="status" className="text-sm">
        {csvFailed && <p className="mt-2 text-danger">{words.csvFailed}</p>}
        {audit === 'failed' && <p className="mt-2 text-danger">{words.failed}</p>}
        {audit !== null && typeof audit === 'object' && <AuditResult report={audit} />}
      </div>
    </Panel>
  );
}

type Fact = readonly [string, ReactNode];

function useFacts(sale: SaleResult, path: string): Fact[] {
  const texts = useConsoleTexts();
  const words = texts.after;
  const { formats } = useLanguage();
  const { body: conversion } = useAnswer<ConversionAnswer>(`${path}/conversion`, [sale.orders]);

  const price = moneyOf(sale.product);
  return [
    [words.sold, `${formats.number(sale.orders)} / ${formats.number(sale.quantity)}`],
    [words.cancelled, formats.number(sale.cancelled)],
    [texts.control.facts.opens, formats.dayAndSecond(Date.parse(sale.startsAt))],
    [
      texts.control.facts.ends,
      sale.endsAt === null ? texts.none : formats.dayAndSecond(Date.parse(sale.endsAt)),
    ],
    [words.soldOutAfter, sale.soldOutAfterMs === null ? texts.none : formats.duration(sale.soldOutAfterMs)],
    [texts.control.facts.perCustomer, formats.number(sale.perCustomer)],
    // With variants, the table has both for each.
    ...(sale.variants === undefined
      ? ([
          [texts.control.facts.price, formats.price(price)],
          [words.revenue, formats.price(times(price, sale.orders))],
        ] as const)
      : []),
    ...conversionFacts(),
    [
      texts.control.facts.id,
      <bdi translate="no" key="id">
        {sale.id}
      </bdi>,
    ],
  ];

  /** None where it is not known: the shop counts no visitors, and earlier versions did not count who pressed. */
  function conversionFacts(): Fact[] {
    const pressed = conversion?.pressed ?? 0;
    if (conversion === null || pressed === 0) return [];
    const shares = [formats.number(conversion.bought), formats.number(pressed)] as const;
    return [[words.conversion, words.conversionOf(formats.percent(conversion.bought / pressed), ...shares)]];
  }
}
