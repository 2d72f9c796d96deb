import type { LanguageTag } from './languages.ts';
import { pluralsOf } from './plural.ts';

const english = pluralsOf('en');
const arabic = pluralsOf('ar');

interface NoteTexts {
  /** Of the list of terms, for screen readers. */
  terms: string;
  perCustomer(units: number, count: string): string;
  soldBy(shop: string): string;
  links: Record<'imprint' | 'terms' | 'privacy' | 'returns' | 'contact', string>;
  next: string;
  nextLink: string;
  needsScript: string;
}

/** They come with the code that shows them, so that the first view's script does not carry them. */
export const noteTexts: Record<LanguageTag, NoteTexts> = {
  en: {
    terms: 'Terms of this sale',
    perCustomer: (units, count) =>
      english(units, { one: `${count} unit per customer`, other: `${count} units per customer` }),
    soldBy: (shop) => `Sold by ${shop}`,
    links: {
      imprint: 'Legal notice',
      terms: 'Terms and conditions',
      privacy: 'Privacy',
      returns: 'Returns',
      contact: 'Contact',
    },
    next: 'What happens next',
    nextLink: 'More about your order',
    needsScript: 'Buying needs JavaScript. Turn it on in your browser, then reload this page.',
  },
  de: {
    terms: 'Bedingungen dieses Verkaufs',
    perCustomer: (_units, count) => `${count} Stück pro Kunde`,
    soldBy: (shop) => `Verkauft von ${shop}`,
    links: {
      imprint: 'Impressum',
      terms: 'AGB',
      privacy: 'Datenschutz',
      returns: 'Widerruf und Rückgabe',
      contact: 'Kontakt',
    },
    next: 'Wie es weitergeht',
    nextLink: 'Mehr zu Ihrer Bestellung',
    needsScript:
      'Zum Kaufen wird JavaScript gebraucht. Schalten Sie es im Browser ein und laden Sie diese Seite neu.',
  },
  hi: {
    terms: 'इस सेल की शर्तें',
    perCustomer: (_units, count) => `प्रति ग्राहक ${count} यूनिट`,
    soldBy: (shop) => `विक्रेता: ${shop}`,
    links: {
      imprint: 'प्रकाशक की जानकारी',
      terms: 'नियम और शर्तें',
      privacy: 'गोपनीयता',
      returns: 'वापसी',
      contact: 'संपर्क',
    },
    next: 'आगे क्या होगा',
    nextLink: 'आपके ऑर्डर के बारे में और जानकारी',
    needsScript: 'खरीदने के लिए JavaScript ज़रूरी है। इसे अपने ब्राउज़र में चालू करें, फिर यह पेज दोबारा लोड करें।',
  },
  ar: {
    terms: 'شروط هذا البيع',
    perCustomer: (units, count) =>
      arabic(units, {
        one: 'وحدة واحدة لكل عميل',
        two: 'وحدتان لكل عميل',
        few: `${count} وحدات لكل عميل`,
        other: `${count} وحدة لكل عميل`,
      }),
    soldBy: (shop) => `البائع: ${shop}`,
    links: {
      imprint: 'بيانات الناشر',
      terms: 'الشروط والأحكام',
      privacy: 'الخصوصية',
      returns: 'الإرجاع',
      contact: 'اتصل بنا',
    },
    next: 'ما الخطوة التالية',
    nextLink: 'المزيد عن طلبك',
    needsScript: 'يتطلب الشراء JavaScript. فعّلها في متصفحك ثم أعد تحميل هذه الصفحة.',
  },
};
