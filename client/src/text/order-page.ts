import type { LanguageTag } from './languages.ts';

/* Texts of the page of one order. They come with it. */

const english = {
  title: 'Order',
  status: 'Status',
  print: 'Print',
  verify: 'For verification',
  signIn: 'Sign in on the shop’s page, then open this order again.',
  notYours: 'You have no such order. Look in My orders.',
};

export const orderPageTexts: Record<LanguageTag, typeof english> = {
  en: english,
  de: {
    title: 'Bestellung',
    status: 'Status',
    print: 'Drucken',
    verify: 'Zum Nachprüfen',
    signIn: 'Melden Sie sich auf der Seite des Shops an und öffnen Sie diese Bestellung dann noch einmal.',
    notYours: 'Sie haben keine solche Bestellung. Sehen Sie unter „Meine Bestellungen“ nach.',
  },
  hi: {
    title: 'ऑर्डर',
    status: 'स्थिति',
    print: 'प्रिंट करें',
    verify: 'सत्यापन के लिए',
    signIn: 'दुकान के पेज पर साइन इन करें, फिर यह ऑर्डर दोबारा खोलें।',
    notYours: 'आपका ऐसा कोई ऑर्डर नहीं है। “मेरे ऑर्डर” में देखें।',
  },
  ar: {
    title: 'الطلب',
    status: 'الحالة',
    print: 'طباعة',
    verify: 'للتحقق',
    signIn: 'سجّل الدخول في صفحة المتجر، ثم افتح هذا الطلب من جديد.',
    notYours: 'لا يوجد طلب كهذا لك. ابحث في طلباتي.',
  },
};
