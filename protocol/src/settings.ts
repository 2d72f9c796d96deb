import { z } from 'zod';
import { image, imageId } from './product.ts';
import { instant } from './schemas.ts';
import { bodyBytesOf, shownParagraphs, shownText } from './text.ts';

/** What the shop says about itself: its owner sets it, and every page shows it. */

const nameLengthMax = 40;
const addressLengthMax = 500;
const emailLengthMax = 254;
const deliveryLengthMax = 300;
const nextLengthMax = 1_000;

/** An absolute URL without a password in it, of one of these schemes. */
const addressWith = (...schemes: string[]) =>
  z
    .string()
    .max(addressLengthMax)
    .refine(
      (text) => isAddress(text, schemes),
      `accepted: ${schemes.map((each) => `${each}…`).join(' or ')}`,
    );

function isAddress(text: string, schemes: readonly string[]): boolean {
  if (/[\s<>"'`\\\p{Cc}\p{Cf}]/u.test(text)) return false;
  const url = URL.parse(text);
  return url !== null && schemes.includes(url.protocol) && url.username === '' && url.password === '';
}

const page = addressWith('https:', 'http:');
const colour = z
  .string()
  .regex(/^#[0-9a-fA-F]{6}$/, 'accepted: #rrggbb')
  .toLowerCase();

const colours = {
  accent: colour.nullable().describe('of buttons, bars and marks; null: the built-in one'),
  backdrop: colour.nullable().describe('behind the product; null: the built-in one'),
};
const links = {
  imprint: page.nullable(),
  terms: page.nullable(),
  privacy: page.nullable(),
  returns: page.nullable(),
};
const contact = {
  email: z.email().max(emailLengthMax).nullable(),
  link: addressWith('https:', 'http:', 'mailto:').nullable(),
};
const next = {
  text: shownParagraphs(nextLengthMax).describe('what happens after a purchase, as plain text; may be empty'),
  link: page.nullable(),
};
const rest = {
  name: shownText(nameLengthMax).nullable().describe('null: the built-in one'),
  delivery: shownParagraphs(deliveryLengthMax).describe(
    'how and when the product arrives, as plain text; may be empty',
  ),
};

export const shopShown = z
  .object({
    ...rest,
    logo: image.nullable(),
    colours: z.object(colours),
    links: z.object(links),
    contact: z.object(contact),
    next: z.object(next),
  })
  .meta({ id: 'Shop' });
export type ShopShown = z.infer<typeof shopShown>;

/** Before an owner has set anything. */
export const noSettings: ShopShown = {
  name: null,
  logo: null,
  colours: { accent: null, backdrop: null },
  links: { imprint: null, terms: null, privacy: null, returns: null },
  contact: { email: null, link: null },
  delivery: '',
  next: { text: '', link: null },
};

const version = z.int().min(0).describe('one more with each change; 0: nothing was set yet');
export const settingsAnswer = z
  .object({
    settings: shopShown,
    version,
    by: z.string().nullable().describe('who changed them last'),
    at: instant.nullable(),
  })
  .meta({ id: 'Settings' });
export type SettingsAnswer = z.infer<typeof settingsAnswer>;

/** What is left out stays. */
export const settingsBody = z.strictObject({
  name: rest.name.optional(),
  logo: imageId.nullable().optional().describe('an image that was uploaded by POST /images'),
  colours: z.strictObject(colours).partial().optional(),
  links: z.strictObject(links).partial().optional(),
  contact: z.strictObject(contact).partial().optional(),
  delivery: rest.delivery.optional(),
  next: z.strictObject(next).partial().optional(),
});
export type SettingsBody = z.infer<typeof settingsBody>;
export const settingsBytesMax = bodyBytesOf(
  nameLengthMax + deliveryLengthMax + nextLengthMax + emailLengthMax + 6 * addressLengthMax,
);

/** `If-Match` of a change, and `ETag` of an answer. */
export const settingsVersionTag = z
  .string()
  .regex(/^"(0|[1-9]\d{0,8})"$/)
  .describe('"VERSION": only while the settings are at that version');
