import { pluralsOf } from '../../text/plural.ts';
import type { ConsoleTexts } from './english.ts';

const plural = pluralsOf('ar');

/** The texts about customers, their orders and the filter of the activity. */
export const arabicCustomers: Pick<ConsoleTexts, 'logFilter' | 'shoppers'> = {
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
  shoppers: {
    search: 'البحث عن الطلبات',
    searchDetail: 'في جميع عمليات البيع. أدخل بداية معرّف العميل أو رقم الطلب أو معرّف الطلب.',
    searchFor: 'عميل أو طلب',
    customer: (id) => `العميل ${id}`,
    purchases: (count, text) =>
      plural(count, {
        one: `عملية شراء واحدة`,
        two: `عمليتا شراء`,
        few: `${text} عمليات شراء`,
        many: `${text} عملية شراء`,
        other: `${text} عملية شراء`,
      }),
    mayBuy: 'يمكن لهذا العميل الشراء.',
    blockedBy: (by, at) => `حظره ${by} في ${at}.`,
    blocked: 'العملاء المحظورون',
    by: (by, at) => `بواسطة ${by}، ${at}`,
    twoReadings: (grouped, plain) => `يمكن قراءة هذا الرقم بطريقتين. إن كنت تقصد ${grouped} فأدخل ${plain}.`,
    noneBlocked: 'لا يوجد عميل محظور.',
  },
};
