import type { LanguageTag } from './languages.ts';
import { pluralsOf } from './plural.ts';

/* Texts of the check of an order. They come with it, not with the first view. */

const englishPlural = pluralsOf('en');
const ordinal = pluralsOf('en', 'ordinal');
const germanPlural = pluralsOf('de');

const english = {
  check: 'Verify fairness',
  checking: 'Verifying…',
  holds: (claim: number, size: number, text: string, all: string) => {
    const suffix = ordinal(claim, { one: 'st', two: 'nd', few: 'rd', other: 'th' });
    const orders = englishPlural(size, { one: 'order', other: 'orders' });
    return `Verified: ${text}${suffix} of ${all} ${orders}. Checked on this device.`;
  },
  notYet: 'Not available yet. You can verify it once the sale is over and all orders are saved.',
  broken: 'Verification failed. Save the proof and contact the shop.',
  unsupported: 'This browser can verify it only over a secure connection (https).',
  save: 'Save proof',
};

export const proofTexts: Record<LanguageTag, typeof english> = {
  en: english,
  de: {
    check: 'Fairness prüfen',
    checking: 'Wird geprüft …',
    holds: (_claim, size, text, all) => {
      const orders = germanPlural(size, { one: 'Bestellung', other: 'Bestellungen' });
      return `Geprüft: ${text}. von ${all} ${orders}. Auf diesem Gerät nachgerechnet.`;
    },
    notYet:
      'Noch nicht verfügbar. Prüfen können Sie, wenn der Verkauf vorbei ist und alle Bestellungen gespeichert sind.',
    broken: 'Prüfung fehlgeschlagen. Speichern Sie den Nachweis und wenden Sie sich an den Shop.',
    unsupported: 'Dieser Browser kann ihn nur über eine sichere Verbindung (https) prüfen.',
    save: 'Nachweis speichern',
  },
  hi: {
    check: 'निष्पक्षता जाँचें',
    checking: 'जाँच हो रही है…',
    holds: (_claim, _size, text, all) => `जाँच सही: ${all} में से ऑर्डर ${text}। इसी डिवाइस पर जाँचा गया।`,
    notYet: 'अभी उपलब्ध नहीं। सेल पूरी होने और सारे ऑर्डर सहेजे जाने पर आप इसे जाँच सकते हैं।',
    broken: 'जाँच विफल रही। प्रमाण सहेजें और दुकान से संपर्क करें।',
    unsupported: 'यह ब्राउज़र इसे सिर्फ़ सुरक्षित कनेक्शन (https) पर जाँच सकता है।',
    save: 'प्रमाण सहेजें',
  },
  ar: {
    check: 'تحقق من العدالة',
    checking: 'جارٍ التحقق…',
    holds: (_claim, _size, text, all) => `تم التحقق: الطلب ${text} من أصل ${all}. جرى التحقق على هذا الجهاز.`,
    notYet: 'غير متاح بعد. يمكنك التحقق بعد انتهاء البيع وحفظ كل الطلبات.',
    broken: 'فشل التحقق. احفظ الإثبات وتواصل مع المتجر.',
    unsupported: 'لا يستطيع هذا المتصفح التحقق إلا عبر اتصال آمن (https).',
    save: 'احفظ الإثبات',
  },
};
