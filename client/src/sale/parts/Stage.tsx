import { useLanguage } from '../../text/language.ts';
import { PhoneVisual } from '../../ui/PhoneVisual.tsx';
import type { View } from '../view.ts';

/** The one product: its name, its price, and the thing itself. */
export function Stage(props: { view: View }) {
  const { texts, formats } = useLanguage();
  const { sale } = props.view.model;
  const level = sale === null || sale.quantity === 0 ? 1 : sale.remaining / sale.quantity;
  return (
    <div className="stage relative isolate h-48 overflow-hidden rounded-3xl sm:h-72 [@media(max-height:44rem)]:h-32 lg:h-auto lg:min-h-[34rem]">
      <div className="absolute inset-y-0 end-[-14%] -z-10 w-[70%] pt-5 lg:inset-x-0 lg:top-36 lg:bottom-0 lg:w-full lg:px-6 lg:pt-0">
        <PhoneVisual level={level} />
      </div>
      <div className="flex h-full flex-col gap-1 p-6 sm:p-8 lg:h-auto">
        <h1 className="max-w-[55%] text-[clamp(1.75rem,9vw,2.25rem)] leading-[0.98] font-semibold tracking-[-0.04em] break-words sm:text-5xl lg:max-w-none lg:text-6xl">
          {sale === null ? <span className="sr-only">{texts.brand}</span> : sale.product.name}
        </h1>
        {sale !== null && (
          <p className="text-xl font-medium tracking-tight tabular-nums sm:text-2xl">
            {formats.price(sale.product.price)}
          </p>
        )}
      </div>
    </div>
  );
}
