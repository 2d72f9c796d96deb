import type { ReactNode } from 'react';
import { useView } from '../../sale/use-view.ts';
import { useLanguage } from '../../text/language.ts';
import { useConsoleFormats } from '../console-formats.ts';
import { useConsoleTexts } from '../text/console-texts.ts';

export function SaleFacts() {
  const all = useConsoleTexts();
  const words = all.control.facts;
  const { formats } = useLanguage();
  const { spelledOut } = useConsoleFormats();
  const sale = useView(({ model }) => model.sale);
  if (sale === null) return null;
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const facts: [string, ReactNode][] = [
    [words.opens, spelledOut(Date.parse(sale.startsAt), zone)],
    [words.ends, sale.endsAt === null ? words.never : spelledOut(Date.parse(sale.endsAt), zone)],
    [words.quantity, formats.number(sale.quantity)],
    [words.perCustomer, formats.number(sale.perCustomer)],
    [words.price, formats.price(sale.product.price)],
    [words.id, <bdi key="id">{`${sale.id} · ${all.strip.version(formats.number(sale.version))}`}</bdi>],
  ];
  return (
    <dl className="mt-5 grid grid-cols-[auto_minmax(0,1fr)] gap-x-6 gap-y-1.5 border-t border-line pt-4 text-sm">
      {facts.map(([name, value]) => (
        <div key={name} className="contents">
          <dt className="text-muted">{name}</dt>
          <dd className="font-medium tabular-nums [overflow-wrap:anywhere]">{value}</dd>
        </div>
      ))}
    </dl>
  );
}
