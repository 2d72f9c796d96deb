import type { LanguageTag } from './languages.ts';

/* Texts of the board. They come with it, not with the first view. */

const english = {
  title: (product: string, shop: string) => `${product} · ${shop} live board`,
  sold: 'Sold',
  spectators: 'Watching',
  rate: 'Orders per second',
  rateOver: (duration: string) => `over the last ${duration}`,
  last: 'Latest sales',
  none: 'No sales yet.',
  unit: (unit: string) => `Unit ${unit}`,
};

export const boardTexts: Record<LanguageTag, typeof english> = {
  en: english,
  de: {
    title: (product, shop) => `${product} · Live-Tafel von ${shop}`,
    sold: 'Verkauft',
    spectators: 'Zuschauer',
    rate: 'Bestellungen je Sekunde',
    rateOver: (duration) => `in den letzten ${duration}`,
    last: 'Zuletzt verkauft',
    none: 'Noch keine Verkäufe.',
    unit: (unit) => `Stück ${unit}`,
  },
  hi: {
    title: (product, shop) => `${product} · ${shop} लाइव बोर्ड`,
    sold: 'बिकीं',
    spectators: 'दर्शक',
    rate: 'हर सेकंड ऑर्डर',
    rateOver: (duration) => `पिछले ${duration} में`,
    last: 'अभी-अभी बिकीं',
    none: 'अभी तक कोई बिक्री नहीं।',
    unit: (unit) => `यूनिट ${unit}`,
  },
  ar: {
    title: (product, shop) => `${product} · لوحة ${shop} المباشرة`,
    sold: 'المبيع',
    spectators: 'المتابعون',
    rate: 'الطلبات في الثانية',
    rateOver: (duration) => `خلال آخر ${duration}`,
    last: 'آخر المبيعات',
    none: 'لا مبيعات بعد.',
    unit: (unit) => `الوحدة ${unit}`,
  },
};
