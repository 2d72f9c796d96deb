import { moneyOf } from '@flipzon/protocol/money.ts';
import { useLanguage } from '../../text/language.ts';
import { figureSize } from '../../ui/figure-size.ts';
import { PhoneVisual } from '../../ui/PhoneVisual.tsx';
import { useView } from '../use-view.ts';

/** The drawing follows the stock in steps: the number of redraws depends on the length of the sale, not on the number of buys. */
const steps = 24;

/** Beside the drawing on a phone, not over it. */
const priceSizes = {
  usual: 'text-xl sm:text-2xl',
  long: 'text-base sm:text-2xl',
  longest: 'text-[0.8125rem] sm:text-2xl',
};

/** The whole name is shown: the longer, the smaller. */
function sizeOf(name: string): string {
  if (name.length > 32) {
    return 'text-xl sm:text-3xl lg:text-4xl';
  }
  return name.length > 12
    ? 'text-2xl sm:text-4xl lg:text-5xl'
    : 'text-[clamp(1.75rem,9vw,2.25rem)] sm:text-5xl [@media(max-height:44rem)]:max-lg:text-3xl lg:text-6xl';
}

/** The one product: its name, its price, and the thing itself; beside each other on a phone, below each other where there is room. */
export function ProductPanel() {
  const { texts, formats } = useLanguage();
  const { product, level } = useView(({ model, remaining }) => ({
    product: model.sale?.product ?? null,
    level:
      model.sale === null ? 1 : Math.ceil((steps * remaining) / Math.max(1, model.sale.quantity)) / steps,
  }));
  const name = product?.name ?? null;
  const price = product === null ? '' : formats.price(moneyOf(product));
  return (
    <div className="stage relative isolate flex min-h-44 flex-col overflow-hidden rounded-3xl sm:min-h-72 [@media(max-height:44rem)]:min-h-28 lg:min-h-[34rem]">
      <div className="flex flex-col gap-1 p-5 sm:p-8 [@media(max-height:44rem)]:max-lg:p-5">
        <h1
          className={`max-w-[52%] leading-[1.05] font-semibold tracking-[-0.04em] [overflow-wrap:anywhere] lg:max-w-none ${sizeOf(name ?? '')}`}
        >
          {name === null ? <span className="sr-only">{texts.brand}</span> : name}
        </h1>
        {name !== null && (
          <p className={`font-medium tracking-tight whitespace-nowrap ${figureSize(price, priceSizes)}`}>
            {price}
          </p>
        )}
      </div>
      <div className="absolute inset-y-0 end-[-14%] -z-10 w-[70%] pt-5 lg:relative lg:inset-auto lg:min-h-72 lg:w-full lg:flex-1 lg:pt-0">
        <div className="relative h-full lg:absolute lg:inset-0 lg:px-6">
          <PhoneVisual level={level} />
        </div>
      </div>
    </div>
  );
}
