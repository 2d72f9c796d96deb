import { priceText } from '@flipzon/protocol/money.ts';
import type { Sale } from '@flipzon/protocol/schemas.ts';

interface Parts {
  sale: Sale;
  /** Of the shop, with a slash at its end. */
  url: string;
  shop: string;
  /** Absolute addresses. */
  images: readonly string[];
}

/** What can be bought now, in the words of schema.org. */
export function availabilityOf({ status, remaining }: Pick<Sale, 'status' | 'remaining'>): string {
  if (status === 'scheduled') return 'PreOrder';
  if (status === 'live') return remaining > 0 ? 'InStock' : 'SoldOut';
  return status === 'sold_out' ? 'SoldOut' : 'OutOfStock';
}

/** One offer, or one for each variant. */
function offersOf(sale: Sale, common: object): object {
  const { product, variants } = sale;
  const { currency } = product;
  const priceOf = ({ priceMinor }: { priceMinor: number }) => priceText({ minor: priceMinor, currency });
  const offer = (priced: { priceMinor: number; remaining: number }) => ({
    ...{ '@type': 'Offer', price: priceOf(priced), priceCurrency: currency },
    availability: `https://schema.org/${availabilityOf({ status: sale.status, remaining: priced.remaining })}`,
    ...common,
  });
  if (variants === undefined) return offer({ priceMinor: product.priceMinor, remaining: sale.remaining });
  const prices = variants.toSorted((a, b) => a.priceMinor - b.priceMinor).map(priceOf);
  return {
    ...{ '@type': 'AggregateOffer', priceCurrency: currency, offerCount: variants.length },
    ...{ lowPrice: prices[0], highPrice: prices.at(-1) },
    offers: variants.map((variant) => ({ ...offer(variant), name: variant.name, sku: variant.sku })),
  };
}

/** The product and what of it is offered, for search engines (schema.org, JSON-LD). */
export function structuredData({ sale, url, shop, images }: Parts): object {
  const { product, startsAt, endsAt } = sale;
  const isCalledOff = endsAt !== null && endsAt <= startsAt;
  return {
    '@context': 'https://schema.org',
    '@type': 'Product',
    name: product.name,
    ...(product.description === undefined ? {} : { description: product.description }),
    image: images,
    offers: offersOf(sale, {
      url,
      validFrom: startsAt,
      ...(endsAt === null || isCalledOff ? {} : { priceValidUntil: endsAt }),
      seller: { '@type': 'Organization', name: shop, url },
    }),
  };
}
