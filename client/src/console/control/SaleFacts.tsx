import { moneyOf } from '@flipzon/protocol/money.ts';
import type { ReactNode } from 'react';
import { useView } from '../../shop/use-view.ts';
import { useLanguage } from '../../text/language.ts';
import { useConsoleFormats } from '../console-formats.ts';
import { FactList } from '../parts/FactList.tsx';
import { useConsoleTexts } from '../text/console-texts.ts';

export function SaleFacts() {
  const all = useConsoleTexts();
  const words = all.control.facts;
  const { formats } = useLanguage();
  const { spelledOut } = useConsoleFormats();
  const sale = useView(({ model }) => model.sale);
  if (sale === null) return null;
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const facts: (readonly [string, ReactNode])[] = [
    [words.opens, spelledOut(Date.parse(sale.startsAt), zone)],
    [words.ends, sale.endsAt === null ? words.never : spelledOut(Date.parse(sale.endsAt), zone)],
    [words.quantity, formats.number(sale.quantity)],
    [words.perCustomer, formats.number(sale.perCustomer)],
    ...(sale.variants === undefined ? ([[words.price, formats.price(moneyOf(sale.product))]] as const) : []),
    [
      words.id,
      <bdi translate="no" key="id">{`${sale.id} · ${all.strip.version(formats.number(sale.version))}`}</bdi>,
    ],
  ];
  return <FactList facts={facts} className="mt-5 border-t border-line pt-4" />;
}
