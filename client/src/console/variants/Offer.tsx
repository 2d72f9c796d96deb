import type { Money } from '@flipzon/protocol/money.ts';
import { useLanguage } from '../../text/language.ts';
import { useConsoleTexts } from '../text/console-texts.ts';

/** Units, name and price in one line; with variants, whose lines say what each costs, without the price. */
export function Offer(props: {
  offer: { name: string; price: Money; quantity: number; variants?: readonly unknown[] | undefined };
}) {
  const words = useConsoleTexts();
  const { formats } = useLanguage();
  const { name, price, quantity, variants } = props.offer;
  const units = formats.number(quantity);
  return variants === undefined
    ? words.preview.offer(units, name, formats.price(price))
    : words.variants.offer(units, name);
}
