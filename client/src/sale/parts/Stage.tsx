import { useLanguage } from '../../text/language.ts';
import { PhoneVisual } from '../../ui/PhoneVisual.tsx';
import { useView } from '../use-view.ts';

/** The drawing follows the stock in steps: it is drawn again as often as the sale is long, not as often as somebody buys. */
const steps = 24;

/** The one product: its name, its price, and the thing itself. */
export function Stage() {
  const { texts, formats } = useLanguage();
  const { name, price, level } = useView(({ model, remaining }) => ({
    name: model.sale?.product.name ?? null,
    price: model.sale?.product.price ?? 0,
    level:
      model.sale === null ? 1 : Math.ceil((steps * remaining) / Math.max(1, model.sale.quantity)) / steps,
  }));
  return (
    <div className="stage relative isolate h-44 overflow-hidden rounded-3xl sm:h-72 [@media(max-height:44rem)]:h-28 lg:h-auto lg:min-h-[34rem]">
      <div className="absolute inset-y-0 end-[-14%] -z-10 w-[70%] pt-5 lg:inset-x-0 lg:top-36 lg:bottom-0 lg:w-full lg:px-6 lg:pt-0">
        <PhoneVisual level={level} />
      </div>
      <div className="flex h-full flex-col gap-1 p-5 sm:p-8 lg:h-auto [@media(max-height:44rem)]:max-lg:p-5">
        <h1 className="line-clamp-3 max-w-[55%] text-[clamp(1.75rem,9vw,2.25rem)] leading-[1.02] font-semibold tracking-[-0.04em] [overflow-wrap:anywhere] sm:text-5xl [@media(max-height:44rem)]:max-lg:text-3xl lg:max-w-none lg:text-6xl">
          {name === null ? <span className="sr-only">{texts.brand}</span> : name}
        </h1>
        {name !== null && (
          <p className="text-xl font-medium tracking-tight tabular-nums sm:text-2xl">
            {formats.price(price)}
          </p>
        )}
      </div>
    </div>
  );
}
