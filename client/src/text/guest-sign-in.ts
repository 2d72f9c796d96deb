import type { LanguageTag } from './languages.ts';

/* Texts of the sign-in by e-mail. They come with its form, which is fetched when it opens. */

const english = {
  explained: 'Sign in with a code that you get by e-mail. You need no account.',
  address: 'E-mail address',
  send: 'Get a code by e-mail',
  sent: (address: string) =>
    `If ${address} can receive mail, a code arrives within a minute. Keep this page open.`,
  code: 'Code from the e-mail',
  other: 'Use another address or get a new code',
  byName: 'Demo sign-in',
  trouble: {
    invalid_address: (_minutes: string) => 'This e-mail address cannot be used. Check it.',
    wrong_code: (_minutes: string) => 'This code is wrong. Check it and try again.',
    code_expired: (_minutes: string) => 'This code no longer works. Get a new one.',
    too_many: (minutes: string) =>
      `Too many codes were sent. Use the newest one, or try again in ${minutes} min.`,
    unreachable: (_minutes: string) => 'Codes cannot be sent at the moment. Try again shortly.',
  },
};

type GuestSignInTexts = typeof english;

export const guestSignInTexts: Record<LanguageTag, GuestSignInTexts> = {
  en: english,
  de: {
    explained: 'Melden Sie sich mit einem Code an, den Sie per E-Mail bekommen. Sie brauchen kein Konto.',
    address: 'E-Mail-Adresse',
    send: 'Code per E-Mail anfordern',
    sent: (address) =>
      `Wenn ${address} Post empfangen kann, ist in einer Minute ein Code da. Lassen Sie diese Seite offen.`,
    code: 'Code aus der E-Mail',
    other: 'Andere Adresse oder neuer Code',
    byName: 'Demo-Anmeldung',
    trouble: {
      invalid_address: () => 'Diese E-Mail-Adresse kann nicht verwendet werden. Prüfen Sie sie.',
      wrong_code: () => 'Dieser Code ist falsch. Prüfen Sie ihn und versuchen Sie es noch einmal.',
      code_expired: () => 'Dieser Code gilt nicht mehr. Fordern Sie einen neuen an.',
      too_many: (minutes) =>
        `Zu viele Codes. Verwenden Sie den neuesten, oder versuchen Sie es in ${minutes} Min. noch einmal.`,
      unreachable: () => 'Im Moment können keine Codes gesendet werden. Versuchen Sie es gleich noch einmal.',
    },
  },
  hi: {
    explained: 'ईमेल से मिले कोड से साइन इन करें। खाते की ज़रूरत नहीं है।',
    address: 'ईमेल पता',
    send: 'ईमेल से कोड पाएँ',
    sent: (address) => `अगर ${address} पर ईमेल आ सकता है, तो एक मिनट में कोड पहुँच जाएगा। यह पेज खुला रखें।`,
    code: 'ईमेल से मिला कोड',
    other: 'दूसरा पता या नया कोड',
    byName: 'डेमो साइन इन',
    trouble: {
      invalid_address: () => 'इस ईमेल पते का उपयोग नहीं हो सकता। इसे जाँचें।',
      wrong_code: () => 'यह कोड ग़लत है। इसे जाँचकर फिर कोशिश करें।',
      code_expired: () => 'यह कोड अब काम नहीं करता। नया कोड लें।',
      too_many: (minutes) => `बहुत सारे कोड भेजे गए। सबसे नया कोड डालें, या ${minutes} मिनट बाद फिर कोशिश करें।`,
      unreachable: () => 'अभी कोड नहीं भेजे जा सकते। थोड़ी देर में फिर कोशिश करें।',
    },
  },
  ar: {
    explained: 'سجّل الدخول برمز يصلك بالبريد الإلكتروني. لا تحتاج إلى حساب.',
    address: 'عنوان البريد الإلكتروني',
    send: 'احصل على رمز بالبريد',
    sent: (address) => `إذا كان ${address} يستقبل البريد فسيصل الرمز خلال دقيقة. أبقِ هذه الصفحة مفتوحة.`,
    code: 'الرمز من البريد',
    other: 'عنوان آخر أو رمز جديد',
    byName: 'دخول تجريبي',
    trouble: {
      invalid_address: () => 'لا يمكن استخدام هذا العنوان. تحقق منه.',
      wrong_code: () => 'هذا الرمز غير صحيح. تحقق منه ثم حاول مجددًا.',
      code_expired: () => 'لم يعد هذا الرمز صالحًا. اطلب رمزًا جديدًا.',
      too_many: (minutes) => `رموز كثيرة. استخدم أحدثها، أو حاول مجددًا بعد ${minutes} دقيقة.`,
      unreachable: () => 'لا يمكن إرسال الرموز الآن. حاول مجددًا بعد قليل.',
    },
  },
};
