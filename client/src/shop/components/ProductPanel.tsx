import { useLanguage } from '../../text/language.ts';
import { figureSize } from '../../ui/figure-size.ts';
import { ParcelVisual } from '../../ui/ParcelVisual.tsx';
import { PhoneVisual } from '../../ui/PhoneVisual.tsx';
import { Picture } from '../../ui/Picture.tsx';
import { useShopName } from '../../ui/shop-brand.ts';
import { salePrice } from '../sale-price.ts';
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

/** The product of the demo, of which there is a drawing. */
const drawn = 'iPhone';

/** The one product: its name, its price, and the thing itself; beside each other on a phone, below each other where there is room. */
export function ProductPanel() {
  const { texts, formats } = useLanguage();
  const shop = useShopName();
  const product = useView(({ model }) => model.sale?.product ?? null);
  const price = useView(({ model }) =>
    model.sale === null ? '' : salePrice(model.sale, { texts, formats }),
  );
  const pictured = product?.images !== undefined;
  const name = product?.name ?? null;
  return (
    <div
      className={`stage relative isolate flex flex-col overflow-hidden rounded-3xl sm:min-h-72 [@media(max-height:44rem)]:min-h-28 lg:min-h-[34rem] ${pictured ? 'min-h-60' : 'min-h-44'}`}
    >
      <div className="flex flex-col gap-1 p-5 sm:p-8 [@media(max-height:44rem)]:max-lg:p-5">
        <h1
          className={`max-w-[50%] leading-[1.05] font-semibold tracking-[-0.04em] [overflow-wrap:anywhere] lg:max-w-none ${sizeOf(name ?? '')}`}
        >
          {name === null ? <span className="sr-only">{shop}</span> : name}
        </h1>
        {name !== null && (
          <p className={`font-medium tracking-tight whitespace-nowrap ${figureSize(price, priceSizes)}`}>
            {price}
          </p>
        )}
      </div>
      {pictured ? <PicturedProduct /> : <DrawnProduct />}
    </div>
  );
}

function PicturedProduct() {
  const image = useView(({ model }) => model.sale?.product.images?.[0] ?? null);
  if (image === null) {
    return null;
  }
  return (
    <div className="absolute inset-y-4 end-4 w-[40%] sm:inset-y-6 sm:end-6 lg:relative lg:inset-auto lg:mx-8 lg:mb-8 lg:min-h-72 lg:w-auto lg:flex-1">
      <Picture image={image} sizes="(min-width: 64rem) 38vw, 37vw" first />
    </div>
  );
}

function DrawnProduct() {
  const { name, level } = useView(({ model, remaining }) => ({
    name: model.sale?.product.name ?? drawn,
    level:
      model.sale === null ? 1 : Math.ceil((steps * remaining) / Math.max(1, model.sale.quantity)) / steps,
  }));
  return (
    <div className="absolute inset-y-0 end-[-14%] -z-10 w-[70%] pt-5 lg:relative lg:inset-auto lg:min-h-72 lg:w-full lg:flex-1 lg:pt-0">
      <div className="relative h-full lg:absolute lg:inset-0 lg:px-6">
        {name === drawn ? <PhoneVisual level={level} /> : <ParcelVisual />}
      </div>
    </div>
  );
}
