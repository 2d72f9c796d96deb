import { pluralsOf } from '../../text/plural.ts';
import type { ConsoleTexts } from './english.ts';

const plural = pluralsOf('ar');

/** The texts about customers, their orders and the filter of the activity. */
export const arabicCustomers: Pick<ConsoleTexts, 'logFilter' | 'shoppers' | 'presale'> = {
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
    noneBlocked: 'لا يوجد عميل محظور.',
  },
  presale: {
    who: 'من يمكنه الشراء',
    kinds: { none: 'الجميع', minutes: 'برمز دخول أولًا، ثم الجميع', end: 'برمز دخول فقط' },
    minutes: 'دقائق الرموز',
    minutesWrong: 'أدخل عددًا صحيحًا من 1 إلى 525,600.',
    title: 'رموز الدخول',
    detail:
      'يتيح كل رمز لعميل واحد الشراء في هذا البيع. لا يحفظ المتجر إلا بصمات الرموز: تحصل على الرموز مرة واحدة عند إنشائها.',
    issued: 'أُصدرت',
    redeemed: 'استُخدمت',
    revokedCount: 'أُلغيت',
    count: 'عدد الرموز الجديدة',
    countWrong: 'أدخل عددًا صحيحًا من 1 إلى 10,000.',
    generate: 'إنشاء وتنزيل',
    generated: (count, text) =>
      plural(count, {
        one: `أُنشئ رمز واحد ونُزّل.`,
        two: `أُنشئ رمزان ونُزّلا.`,
        few: `أُنشئت ${text} رموز ونُزّلت.`,
        other: `أُنشئ ${text} رمزًا ونُزّلت.`,
      }),
    variant: 'فقط لـ',
    anyVariant: 'أي خيار',
    import: 'استيراد ملف',
    importDetail: 'ملف CSV أو نص، رمز في كل سطر؛ وبعد فاصلة رمز SKU للخيار الذي يخصه.',
    imported: (imported, duplicates, invalid) =>
      `استُورد ${imported}، ومكرر ${duplicates}، وغير صالح ${invalid}.`,
    notImported: (lines) => `لم تُستورد: الأسطر ${lines}.`,
    code: 'الرمز المراد إلغاؤه',
    revoke: 'إلغاء الرمز',
    revoked: 'أُلغي الرمز.',
    failed: 'لم ينجح ذلك. حاول مجددًا.',
    refused: {
      conflict: 'بُلغ الحد، أو استُخدم الرمز بالفعل. احظر العميل لمنعه من الشراء.',
      not_found: 'لا يوجد هذا الرمز في هذا البيع. تحقق منه.',
      payload_too_large: 'الملف طويل جدًا.',
    },
  },
};
