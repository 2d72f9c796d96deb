import type { ShopShown } from '@flipzon/protocol/settings.ts';
import { page, paragraph } from './mail-page.ts';
import type { Mail } from './mailer.ts';
import { shopLinks } from './shop-links.ts';

interface Texts {
  subject: (shop: string) => string;
  intro: (shop: string) => string;
  use: string;
  warning: string;
}

const texts: Record<string, Texts> = {
  en: {
    subject: (shop) => `Your sign-in code for ${shop}`,
    intro: (shop) => `Your code for ${shop}:`,
    use: 'Enter it on the page where you asked for it. It works once, within 10 minutes.',
    warning: 'Do not share this code. If you did not ask for it, ignore this mail.',
  },
  de: {
    subject: (shop) => `Ihr Anmeldecode für ${shop}`,
    intro: (shop) => `Ihr Code für ${shop}:`,
    use: 'Geben Sie ihn auf der Seite ein, auf der Sie ihn angefordert haben. Er gilt 10 Minuten und einmal.',
    warning:
      'Geben Sie diesen Code an niemanden weiter. Haben Sie ihn nicht angefordert, ignorieren Sie diese Nachricht.',
  },
  hi: {
    subject: (shop) => `${shop} के लिए आपका साइन-इन कोड`,
    intro: (shop) => `${shop} के लिए आपका कोड:`,
    use: 'इसे उसी पेज पर डालें जहाँ आपने इसे माँगा था। यह 10 मिनट तक और एक बार काम करता है।',
    warning: 'यह कोड किसी को न दें। अगर आपने इसे नहीं माँगा, तो इस ईमेल को अनदेखा करें।',
  },
  ar: {
    subject: (shop) => `رمز تسجيل الدخول إلى ${shop}`,
    intro: (shop) => `رمزك في ${shop}:`,
    use: 'أدخله في الصفحة التي طلبته منها. يعمل لمدة 10 دقائق ومرة واحدة.',
    warning: 'لا تعطِ هذا الرمز لأي شخص. إذا لم تطلبه فتجاهل هذه الرسالة.',
  },
};

/** With nothing that is fetched or counted when it is opened. */
export function codeMail(
  wanted: { to: string; code: string; language: string },
  { shop, publicUrl }: { shop: ShopShown; publicUrl: string },
): Mail {
  const { to, code } = wanted;
  const language = Object.hasOwn(texts, wanted.language) ? wanted.language : 'en';
  const words = texts[language] ?? (texts.en as Texts);
  const name = shop.name ?? new URL(publicUrl).host;
  const links = shopLinks(shop, language);
  const shown = code.replace(/^(\d{4})/, '$1 ');
  return {
    to,
    ...(shop.contact.email !== null && { replyTo: shop.contact.email }),
    subject: words.subject(name),
    text: `${[words.intro(name), shown, words.use, words.warning, ...links.map(({ text }) => text)].join('\n\n')}\n`,
    html: page(language, [
      paragraph(words.intro(name)),
      `<p dir="ltr" style="font-size:2em;font-weight:bold;letter-spacing:.1em">${shown}</p>`,
      paragraph(words.use),
      paragraph(words.warning),
      ...links.map(({ html }) => html),
    ]),
  };
}
