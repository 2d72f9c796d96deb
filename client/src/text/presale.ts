import type { LanguageTag } from './languages.ts';

interface PresaleTexts {
  title: string;
  until: (time: string) => string;
  always: string;
  code: string;
  submit: string;
  busy: string;
  accepted: string;
  needed: string;
  /** The pass was not accepted: its code is for one variant only. */
  otherVariant: string;
  refused: Record<'invalid' | 'wait' | 'over' | 'signIn' | 'failed', string>;
}

/** They come with the field for a code, so that only pages of presales load them. */
export const presaleTexts: Record<LanguageTag, PresaleTexts> = {
  en: {
    title: 'Presale',
    until: (time) => `Until ${time}, you need an access code to buy.`,
    always: 'You need an access code to buy.',
    code: 'Access code',
    submit: 'Redeem',
    busy: 'Checking…',
    accepted: 'Your code is accepted. You can buy as soon as the sale is open.',
    needed: 'You need an access code to buy now. Enter yours first.',
    otherVariant: 'Your code is for another option. Choose that one, or enter another code.',
    refused: {
      invalid: 'This code cannot be used. Check it, or use another one.',
      wait: 'Too many tries. Wait a minute and try again.',
      over: 'You no longer need a code. Reload the page.',
      signIn: 'Sign in first. A code belongs to one customer.',
      failed: 'No answer from the shop. Try again.',
    },
  },
  de: {
    title: 'Vorverkauf',
    until: (time) => `Bis ${time} brauchen Sie zum Kaufen einen Zugangscode.`,
    always: 'Sie brauchen zum Kaufen einen Zugangscode.',
    code: 'Zugangscode',
    submit: 'Einlösen',
    busy: 'Wird geprüft …',
    accepted: 'Ihr Code ist angenommen. Sie können kaufen, sobald der Verkauf begonnen hat.',
    needed: 'Zum Kaufen brauchen Sie jetzt einen Zugangscode. Geben Sie ihn zuerst ein.',
    otherVariant:
      'Ihr Code gilt für eine andere Variante. Wählen Sie diese, oder geben Sie einen anderen Code ein.',
    refused: {
      invalid: 'Dieser Code kann nicht verwendet werden. Prüfen Sie ihn oder verwenden Sie einen anderen.',
      wait: 'Zu viele Versuche. Warten Sie eine Minute und versuchen Sie es noch einmal.',
      over: 'Codes werden nicht mehr gebraucht. Laden Sie die Seite neu.',
      signIn: 'Melden Sie sich zuerst an. Ein Code gehört einem Kunden.',
      failed: 'Keine Antwort vom Shop. Versuchen Sie es noch einmal.',
    },
  },
  hi: {
    title: 'प्री-सेल',
    until: (time) => `${time} तक ख़रीदने के लिए एक्सेस कोड चाहिए।`,
    always: 'ख़रीदने के लिए एक्सेस कोड चाहिए।',
    code: 'एक्सेस कोड',
    submit: 'कोड लगाएँ',
    busy: 'जाँच हो रही है…',
    accepted: 'आपका कोड स्वीकार हो गया। सेल खुलते ही आप ख़रीद सकते हैं।',
    needed: 'अभी ख़रीदने के लिए एक्सेस कोड चाहिए। पहले अपना कोड लिखें।',
    otherVariant: 'आपका कोड किसी दूसरे विकल्प के लिए है। वही विकल्प चुनें, या दूसरा कोड लिखें।',
    refused: {
      invalid: 'यह कोड इस्तेमाल नहीं हो सकता। इसे जाँचें या दूसरा कोड लिखें।',
      wait: 'बहुत ज़्यादा कोशिशें। एक मिनट रुककर फिर कोशिश करें।',
      over: 'अब कोड की ज़रूरत नहीं है। पृष्ठ फिर से लोड करें।',
      signIn: 'पहले साइन इन करें। एक कोड एक ही ग्राहक का होता है।',
      failed: 'दुकान से जवाब नहीं आया। फिर कोशिश करें।',
    },
  },
  ar: {
    title: 'البيع المسبق',
    until: (time) => `حتى ${time} تحتاج إلى رمز دخول للشراء.`,
    always: 'تحتاج إلى رمز دخول للشراء.',
    code: 'رمز الدخول',
    submit: 'استخدام الرمز',
    busy: 'جارٍ التحقق…',
    accepted: 'قُبل رمزك. يمكنك الشراء فور افتتاح البيع.',
    needed: 'تحتاج الآن إلى رمز دخول للشراء. أدخل رمزك أولًا.',
    otherVariant: 'رمزك مخصص لخيار آخر. اختر ذلك الخيار أو أدخل رمزًا آخر.',
    refused: {
      invalid: 'لا يمكن استخدام هذا الرمز. تحقق منه أو استخدم رمزًا آخر.',
      wait: 'محاولات كثيرة. انتظر دقيقة ثم حاول مجددًا.',
      over: 'لم تعد الرموز مطلوبة. أعد تحميل الصفحة.',
      signIn: 'سجّل الدخول أولًا. كل رمز يخص عميلًا واحدًا.',
      failed: 'لا جواب من المتجر. حاول مجددًا.',
    },
  },
};
