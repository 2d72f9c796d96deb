import { useEffect } from 'react';
import { useView } from '../../shop/use-view.ts';
import { useLanguage } from '../../text/language.ts';
import { useValue } from '../../value.ts';
import { useConsole } from '../console-context.ts';
import { isolated } from '../parts/isolated.ts';
import { useConsoleTexts } from '../text/console-texts.ts';
import { afterEnd } from './after-end.ts';

/** Which sale is ended, and what takes its place. */
export function AfterEnd(props: { product: string }) {
  const words = useConsoleTexts().next;
  const { formats } = useLanguage();
  const { plans } = useConsole();
  const waiting = useValue(plans.value);
  const secondMs = useView(({ serverMs }) => Math.floor(serverMs / 1_000) * 1_000);
  useEffect(() => void plans.refresh(), [plans]);
  const { next, missed } = afterEnd(waiting.plans, secondMs);
  const lines = [
    words.replaced(isolated(props.product)),
    ...(waiting.state === 'there' ? [next === null ? words.none : lineOf(next)] : []),
    ...missed.map((plan) => words.missed(isolated(plan.product.name))),
  ];
  return (
    <ul data-testid="after-end" className="flex flex-col gap-1 text-sm [overflow-wrap:anywhere]">
      {lines.map((line) => (
        <li key={line}>{line}</li>
      ))}
    </ul>
  );

  function lineOf({ plan, isSoon }: NonNullable<typeof next>): string {
    const name = isolated(plan.product.name);
    const time = formats.dayTimeAndZone(Date.parse(plan.startsAt));
    return isSoon ? words.soon(name, time) : words.later(name, time);
  }
}
