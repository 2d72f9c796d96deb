import type { Money } from '@flipzon/protocol/money.ts';
import { useLanguage } from '../../text/language.ts';
import { useConsoleTexts } from '../text/console-texts.ts';

/** What is offered of each variant, a line each. */
export function VariantLines(props: {
  variants: readonly { sku: string; name: string; quantity: number; price: Money }[] | undefined;
}) {
  const words = useConsoleTexts().variants;
  const { formats } = useLanguage();
  if (props.variants === undefined) return null;
  return (
    <ul aria-label={words.title} className="mt-1 text-sm font-normal tracking-normal tabular-nums">
      {props.variants.map(({ sku, name, quantity, price }) => (
        <li key={sku} className="flex flex-wrap justify-between gap-x-4 [overflow-wrap:anywhere]">
          <bdi>{name}</bdi>
          <span className="text-muted">{words.line(formats.number(quantity), formats.price(price))}</span>
        </li>
      ))}
    </ul>
  );
}
