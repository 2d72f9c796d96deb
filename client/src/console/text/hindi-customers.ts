import { pluralsOf } from '../../text/plural.ts';
import type { ConsoleTexts } from './english.ts';

const plural = pluralsOf('hi');

/** The texts about customers, their orders and the filter of the activity. */
export const hindiCustomers: Pick<ConsoleTexts, 'logFilter' | 'shoppers'> = {
  logFilter: {
    filter: 'छाँटें',
    by: 'ऑपरेटर',
    step: 'क़दम',
    anyStep: 'सभी क़दम',
    day: { from: 'इस दिन से', to: 'इस दिन तक' },
    wrongDays: 'आख़िरी दिन पहले दिन से पहले नहीं हो सकता।',
    apply: 'लागू करें',
    showAll: 'सब दिखाएँ',
    noMatch: 'मेल खाती कोई गतिविधि नहीं।',
  },
  shoppers: {
    search: 'ऑर्डर खोजें',
    searchDetail: 'सभी सेलों में। ग्राहक की आईडी की शुरुआत, ऑर्डर नंबर या ऑर्डर आईडी लिखें।',
    searchFor: 'ग्राहक या ऑर्डर',
    customer: (id) => `ग्राहक ${id}`,
    purchases: (count, text) => plural(count, { one: `कुल ${text} ख़रीद`, other: `कुल ${text} ख़रीदें` }),
    mayBuy: 'यह ग्राहक ख़रीद सकता है।',
    blockedBy: (by, at) => `${by} ने ${at} को रोका।`,
    blocked: 'रोके गए ग्राहक',
    by: (by, at) => `${by}, ${at}`,
    twoReadings: (grouped, plain) =>
      `इसे दो तरह से पढ़ा जा सकता है। अगर आपका मतलब ${grouped} है, तो ${plain} लिखें।`,
    noneBlocked: 'कोई ग्राहक रोका नहीं गया है।',
  },
};
