import { moneyOf, priceText } from '@flipzon/protocol/money.ts';
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

/** The product and its offer for search engines (schema.org, JSON-LD). */
export function structuredData({ sale, url, shop, images }: Parts): object {
  const { product, startsAt, endsAt } = sale;
  const money = moneyOf(product);
  const isCalledOff = endsAt !== null && endsAt <= startsAt;
  return {
    '@context': 'https://schema.org',
    '@type': 'Product',
    name: product.name,
    ...(product.description === undefined ? {} : { description: product.description }),
    image: images,
    offers: {
      '@type': 'Offer',
      url,
      price: priceText(money),
      priceCurrency: money.currency,
      availability: `https://schema.org/${availabilityOf(sale)}`,
      validFrom: startsAt,
      ...(endsAt === null || isCalledOff ? {} : { priceValidUntil: endsAt }),
      seller: { '@type': 'Organization', name: shop, url },
    },
  };
}
