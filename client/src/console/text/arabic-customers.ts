import type { ConsoleTexts } from './english.ts';

/** The texts about customers, their orders and the filter of the activity. */
export const arabicCustomers: Pick<ConsoleTexts, 'logFilter'> = {
  logFilter: {
    filter: 'تصفية',
    by: 'المشغّل',
    step: 'الخطوة',
    anyStep: 'كل الخطوات',
    day: { from: 'من', to: 'حتى نهاية' },
    wrongDays: 'لا يجوز أن يسبق اليوم الأخير اليوم الأول.',
    apply: 'تطبيق',
    showAll: 'عرض الكل',
    noMatch: 'لا نشاط مطابق.',
  },
};
