import type { ConsoleTexts } from './english.ts';

/** The texts about the shop's settings. */
export const arabicShop: Pick<ConsoleTexts, 'shop'> = {
  shop: {
    title: 'المتجر',
    detail: 'ما يراه المتسوقون عن البائع. تظهر التغييرات المحفوظة فورًا في كل الصفحات.',
    name: 'اسم المتجر',
    logo: 'الشعار',
    logoHint: '‏JPEG أو PNG أو WebP أو AVIF حتى 10 ميغابايت. يظهر على خلفية بيضاء.',
    chooseLogo: 'اختر شعارًا',
    removeLogo: 'أزل الشعار',
    colours: { accent: 'لون الأزرار', backdrop: 'اللون خلف المنتج' },
    own: { accent: 'لون خاص للأزرار', backdrop: 'لون خاص خلف المنتج' },
    unreadable: {
      light: (contrast) =>
        `يصعب قراءة النص على هذا اللون في الوضع الفاتح: التباين ‎${contrast}:1‎ والمطلوب ‎4.5:1‎ على الأقل.`,
      dark: (contrast) =>
        `يصعب قراءة النص على هذا اللون في الوضع الداكن: التباين ‎${contrast}:1‎ والمطلوب ‎4.5:1‎ على الأقل.`,
    },
    links: {
      imprint: 'بيانات الناشر (عنوان)',
      terms: 'الشروط والأحكام (عنوان)',
      privacy: 'الخصوصية (عنوان)',
      returns: 'الإرجاع (عنوان)',
    },
    email: 'البريد الإلكتروني للمتسوقين',
    contact: 'صفحة الاتصال (عنوان)',
    addressHint: 'يبدأ بـ ‎https://‎',
    delivery: 'التوصيل',
    deliveryHint: 'تحت الزر، حتى 300 حرف: كيف ومتى يصل المنتج.',
    next: 'ما يحدث بعد الشراء',
    nextHint: 'مع كل طلب مؤكد، حتى 1000 حرف.',
    nextLink: 'رابط بعد الشراء (عنوان)',
    save: 'احفظ الإعدادات',
    saved: 'حُفظت الإعدادات. أعد تحميل صفحة المتجر لتراها.',
    preview: 'معاينة',
    modes: { light: 'فاتح', dark: 'داكن' },
    product: 'منتجك',
    buy: 'اشترِ',
    refused: {
      conflict: 'غيّر شخص آخر الإعدادات. حُمّلت من جديد؛ كرر تغييرك.',
      invalid_request: 'أحد الإدخالات غير مقبول. تبدأ العناوين بـ ‎https://‎ ولا تحتوي النصوص على محارف تحكم.',
      unreadable_colours: 'يصعب قراءة النص على هذين اللونين. اختر غيرهما.',
    },
    failed: 'تعذر تحميل الإعدادات أو حفظها. حاول مرة أخرى.',
  },
};
