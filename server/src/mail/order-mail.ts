import { moneyFormatter } from '@flipzon/protocol/money.ts';
import type { ShopShown } from '@flipzon/protocol/settings.ts';
import { heading, link, type Part, page, paragraph, table, typedText } from './mail-page.ts';
import type { Mail } from './mailer.ts';
import { type OrderMailTexts, orderMailTexts } from './order-mail-texts.ts';
import type { OrderMail, OrderMailContent } from './order-mails.ts';
import { shopLinks } from './shop-links.ts';

interface Surroundings {
  shop: ShopShown;
  publicUrl: string;
  timeZone: string;
}

/** What a customer gets about an order, with nothing that is fetched or counted when it is opened. */
export function orderMail(
  content: OrderMailContent,
  kind: OrderMail['kind'],
  { shop, publicUrl, timeZone }: Surroundings,
): Mail {
  const { order, to } = content;
  const language = Object.hasOwn(orderMailTexts, content.language) ? content.language : 'en';
  const words = orderMailTexts[language] ?? orderMailTexts.en;
  const { number = '' } = order;
  const { host, hostname } = new URL(publicUrl);
  const facts = factsOf(content, words, language, timeZone);
  const parts: Part[] = [
    plain(words.intro[kind](shop.name ?? host)),
    { text: facts.map(([name, value]) => `${name}: ${value}`).join('\n'), html: table(facts) },
    linked(words.see, `${publicUrl}/order#${number}`),
    ...(kind === 'confirmed' ? nextSteps(shop, words) : []),
    ...shopLinks(shop, language),
  ];
  return {
    to,
    ...(shop.contact.email !== null && { replyTo: shop.contact.email }),
    // The same at each attempt, so that mail programs show a mail that came twice once.
    messageId: `<${number}.${kind}@${hostname}>`,
    subject: words.subject[kind](number),
    text: `${parts.map(({ text }) => text).join('\n\n')}\n`,
    html: page(
      language,
      parts.map(({ html }) => html),
    ),
  };
}

function factsOf(
  { order, product, variant }: OrderMailContent,
  { facts }: OrderMailTexts,
  language: string,
  timeZone: string,
): [name: string, value: string][] {
  const time = new Intl.DateTimeFormat(language, { dateStyle: 'long', timeStyle: 'long', timeZone });
  return [
    [facts.number, order.number ?? ''],
    ...optional(facts.product, product),
    ...optional(facts.variant, variant),
    [facts.unit, new Intl.NumberFormat(language).format(order.unit)],
    [facts.price, moneyFormatter([language])(order.price)],
    [facts.bought, time.format(order.claimedAt)],
  ];
}

const optional = (name: string, value: string | null): [string, string][] =>
  value === null ? [] : [[name, value]];

function nextSteps({ delivery, next }: ShopShown, words: OrderMailTexts): Part[] {
  return [
    ...(delivery === '' ? [] : [titled(words.delivery, delivery)]),
    ...(next.text === '' ? [] : [titled(words.next, next.text)]),
    ...(next.link === null ? [] : [linked(`${words.nextLink}:`, next.link)]),
  ];
}

function plain(text: string): Part {
  return { text, html: paragraph(text) };
}

function titled(title: string, text: string): Part {
  return { text: `${title}\n${text}`, html: `${heading(title)}${typedText(text)}` };
}

function linked(title: string, address: string): Part {
  return { text: `${title}\n${address}`, html: `${paragraph(title)}<p>${link(address, address)}</p>` };
}
