import type { ConsoleTexts } from './english.ts';

/** The texts about customers, their orders and the filter of the activity. */
export const hindiCustomers: Pick<ConsoleTexts, 'logFilter'> = {
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
};
