import type { LanguageTag } from './languages.ts';

/* Texts of the sign-in by name, and of the page after a sign-in that failed. They come with these, not with the first view. */

const english = {
  title: 'Sign in to buy',
  expired: 'Your session has expired. Sign in again; the sale continues here.',
  demo: 'This is a demo shop: any name works.',
  field: 'Customer ID',
  submit: 'Sign in',
  busy: 'Signing in…',
  close: 'Just watch',
  account: 'Continue to sign in',
  failed: {
    title: 'You are not signed in',
    unavailable: 'Sign-in is not available at the moment. Nothing is lost; try again shortly.',
    expired: 'This sign-in took too long or was started in another browser. Sign in again.',
    denied: 'The sign-in was refused, or this account has no access here.',
    again: 'Try again',
  },
  refused: {
    elsewhere: 'You sign in to this shop on another site. Sign in there, then return to this page.',
    invalid: 'This customer ID is not valid. Check it and try again.',
    too_many: 'Too many attempts. Wait a moment, then try again.',
    unreachable: 'Sign-in failed. Try again.',
  },
};

export const signInTexts: Record<LanguageTag, typeof english> = {
  en: english,
  de: {
    title: 'Zum Kaufen anmelden',
    expired: 'Ihre Sitzung ist abgelaufen. Melden Sie sich neu an; der Verkauf läuft hier weiter.',
    demo: 'Dies ist ein Demo-Shop: Jeder Name ist möglich.',
    field: 'Kunden-ID',
    submit: 'Anmelden',
    busy: 'Anmeldung läuft …',
    close: 'Nur zusehen',
    account: 'Weiter zur Anmeldung',
    failed: {
      title: 'Sie sind nicht angemeldet',
      unavailable:
        'Die Anmeldung ist im Moment nicht möglich. Nichts ist verloren; versuchen Sie es gleich noch einmal.',
      expired:
        'Diese Anmeldung hat zu lange gedauert oder begann in einem anderen Browser. Melden Sie sich neu an.',
      denied: 'Die Anmeldung wurde abgelehnt, oder dieses Konto hat hier keinen Zugang.',
      again: 'Noch einmal versuchen',
    },
    refused: {
      elsewhere:
        'Die Anmeldung bei diesem Shop läuft über eine andere Seite. Melden Sie sich dort an und kehren Sie dann hierher zurück.',
      invalid: 'Diese Kunden-ID ist ungültig. Prüfen Sie sie und versuchen Sie es noch einmal.',
      too_many: 'Zu viele Versuche. Warten Sie einen Moment und versuchen Sie es dann noch einmal.',
      unreachable: 'Die Anmeldung ist fehlgeschlagen. Versuchen Sie es noch einmal.',
    },
  },
  hi: {
    title: 'ख़रीदने के लिए साइन इन करें',
    expired: 'आपका सत्र समाप्त हो गया। फिर से साइन इन करें; सेल यहाँ चलती रहेगी।',
    demo: 'यह एक डेमो दुकान है: कोई भी नाम चलेगा।',
    field: 'ग्राहक आईडी',
    submit: 'साइन इन करें',
    busy: 'साइन इन हो रहा है…',
    close: 'सिर्फ़ देखें',
    account: 'साइन इन के लिए आगे बढ़ें',
    failed: {
      title: 'आप साइन इन नहीं हैं',
      unavailable: 'साइन इन अभी उपलब्ध नहीं है। कुछ भी खोया नहीं है; थोड़ी देर में फिर कोशिश करें।',
      expired: 'इस साइन इन में बहुत समय लगा, या यह दूसरे ब्राउज़र में शुरू हुआ था। फिर से साइन इन करें।',
      denied: 'साइन इन अस्वीकार हुआ, या इस खाते को यहाँ अनुमति नहीं है।',
      again: 'फिर कोशिश करें',
    },
    refused: {
      elsewhere: 'इस दुकान का साइन इन दूसरी साइट पर होता है। वहाँ साइन इन करें, फिर इस पेज पर लौटें।',
      invalid: 'यह ग्राहक आईडी मान्य नहीं है। इसे जाँचकर फिर कोशिश करें।',
      too_many: 'बहुत सारी कोशिशें हुईं। थोड़ा रुककर फिर कोशिश करें।',
      unreachable: 'साइन इन नहीं हो सका। फिर कोशिश करें।',
    },
  },
  ar: {
    title: 'سجّل الدخول للشراء',
    expired: 'انتهت جلستك. سجّل الدخول من جديد؛ البيع مستمر هنا.',
    demo: 'هذا متجر تجريبي: أي اسم يصلح.',
    field: 'معرّف العميل',
    submit: 'تسجيل الدخول',
    busy: 'جارٍ تسجيل الدخول…',
    close: 'المشاهدة فقط',
    account: 'المتابعة لتسجيل الدخول',
    failed: {
      title: 'لم يتم تسجيل دخولك',
      unavailable: 'تسجيل الدخول غير متاح الآن. لم يضع شيء؛ حاول مجددًا بعد قليل.',
      expired: 'استغرق تسجيل الدخول هذا وقتًا طويلًا أو بدأ في متصفح آخر. سجّل الدخول من جديد.',
      denied: 'رُفض تسجيل الدخول، أو لا يملك هذا الحساب صلاحية هنا.',
      again: 'حاول مجددًا',
    },
    refused: {
      elsewhere: 'تسجيل الدخول إلى هذا المتجر يتم في موقع آخر. سجّل الدخول هناك ثم عُد إلى هذه الصفحة.',
      invalid: 'معرّف العميل غير صالح. تحقق منه ثم حاول مجددًا.',
      too_many: 'محاولات كثيرة. انتظر لحظة ثم حاول مجددًا.',
      unreachable: 'تعذّر تسجيل الدخول. حاول مجددًا.',
    },
  },
};
