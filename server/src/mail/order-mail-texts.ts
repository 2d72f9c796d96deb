import type { OrderMail } from './order-mails.ts';

export interface OrderMailTexts {
  subject: Record<OrderMail['kind'], (number: string) => string>;
  intro: Record<OrderMail['kind'], (shop: string) => string>;
  facts: Record<'number' | 'product' | 'variant' | 'unit' | 'price' | 'bought', string>;
  see: string;
  delivery: string;
  next: string;
  nextLink: string;
}

export const orderMailTexts: Readonly<Record<string, OrderMailTexts>> & { en: OrderMailTexts } = {
  en: {
    subject: {
      confirmed: (number) => `Order ${number} is confirmed`,
      cancelled: (number) => `Order ${number} was cancelled`,
    },
    intro: {
      confirmed: (shop) => `Your order at ${shop} is confirmed.`,
      cancelled: (shop) => `Your order at ${shop} was cancelled by the shop.`,
    },
    facts: {
      number: 'Order number',
      product: 'Product',
      variant: 'Option',
      unit: 'Unit',
      price: 'Price',
      bought: 'Bought',
    },
    see: 'See and print your order:',
    delivery: 'Delivery',
    next: 'What happens next',
    nextLink: 'More about your order',
  },
  de: {
    subject: {
      confirmed: (number) => `Bestellung ${number} ist bestätigt`,
      cancelled: (number) => `Bestellung ${number} wurde storniert`,
    },
    intro: {
      confirmed: (shop) => `Ihre Bestellung bei ${shop} ist bestätigt.`,
      cancelled: (shop) => `Ihre Bestellung bei ${shop} wurde vom Shop storniert.`,
    },
    facts: {
      number: 'Bestellnummer',
      product: 'Produkt',
      variant: 'Variante',
      unit: 'Stück',
      price: 'Preis',
      bought: 'Gekauft',
    },
    see: 'Bestellung ansehen und drucken:',
    delivery: 'Lieferung',
    next: 'Wie es weitergeht',
    nextLink: 'Mehr zu Ihrer Bestellung',
  },
  hi: {
    subject: {
      confirmed: (number) => `ऑर्डर ${number} की पुष्टि हो गई`,
      cancelled: (number) => `ऑर्डर ${number} रद्द हो गया`,
    },
    intro: {
      confirmed: (shop) => `${shop} पर आपके ऑर्डर की पुष्टि हो गई है।`,
      cancelled: (shop) => `${shop} पर आपका ऑर्डर दुकान ने रद्द कर दिया है।`,
    },
    facts: {
      number: 'ऑर्डर नंबर',
      product: 'उत्पाद',
      variant: 'विकल्प',
      unit: 'यूनिट',
      price: 'क़ीमत',
      bought: 'ख़रीदा',
    },
    see: 'अपना ऑर्डर देखें और प्रिंट करें:',
    delivery: 'डिलीवरी',
    next: 'आगे क्या होगा',
    nextLink: 'आपके ऑर्डर के बारे में और जानकारी',
  },
  ar: {
    subject: {
      confirmed: (number) => `تم تأكيد الطلب ${number}`,
      cancelled: (number) => `أُلغي الطلب ${number}`,
    },
    intro: {
      confirmed: (shop) => `تم تأكيد طلبك في \u2068${shop}\u2069.`,
      cancelled: (shop) => `ألغى المتجر طلبك في \u2068${shop}\u2069.`,
    },
    facts: {
      number: 'رقم الطلب',
      product: 'المنتج',
      variant: 'الخيار',
      unit: 'الوحدة',
      price: 'السعر',
      bought: 'وقت الشراء',
    },
    see: 'اعرض طلبك واطبعه:',
    delivery: 'التوصيل',
    next: 'ما الخطوة التالية',
    nextLink: 'المزيد عن طلبك',
  },
};
