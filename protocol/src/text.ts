import { z } from 'zod';

/*
 * One rule for every id and every text that people read: every character is visible, and the text reads in the order in which it is stored. Otherwise two
 * ids can look the same, a name can reverse the line around it, and half a character becomes another one when it is stored.
 */

/**
 * Control and format characters, line and paragraph separators, lone surrogates, noncharacters, and characters that fonts draw as nothing: Unicode
 * does not count the empty braille cell (U+2800) and the note without a head (U+1D159) among these.
 */
const unseen =
  /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Noncharacter_Code_Point}\p{Default_Ignorable_Code_Point}\u2800\u{1d159}]/u;
/** An accent with nothing below it is hardly seen, and fonts draw it in different ways. */
const seen = /[^\p{M}\p{Z}]/u;

/** Signs after which a joiner changes how the next letter is drawn: the viramas of the scripts of India and its neighbours. */
const virama =
  '\\u094d\\u09cd\\u0a4d\\u0acd\\u0b4d\\u0bcd\\u0c4d\\u0ccd\\u0d3b\\u0d3c\\u0d4d\\u0dca\\u0e3a\\u0eba\\u0f84\\u1039\\u103a\\u17d2';
/** Joiners and selectors where they are part of a letter or of an emoji, as in RFC 5892: there they are visible. */
const partOfALetter = new RegExp(
  [
    `(?<=[${virama}])[\\u200c\\u200d]`,
    '(?<=\\p{Script=Arabic})\\u200c(?=\\p{Script=Arabic})',
    '(?<=[\\p{Extended_Pictographic}\\p{Emoji_Modifier}\\ufe0f])\\u200d(?=\\p{Extended_Pictographic})',
    '(?<=[\\p{Emoji}\\p{Script=Han}])[\\ufe00-\\ufe0f\\u{e0100}-\\u{e01ef}]',
  ].join('|'),
  'gu',
);

export const isPlainId = (text: string): boolean => text !== '' && !unseen.test(text);
export const isShownText = (text: string): boolean =>
  seen.test(text) && !unseen.test(text.replace(partOfALetter, ''));

const accepted = 'visible text, with no control, format or other invisible characters';

/** For ids that come from outside: joiners are refused too, because two ids must never look the same. */
export const plainId = (lengthMax: number) =>
  z.string().min(1).max(lengthMax).refine(isPlainId, `accepted: ${accepted}`);

/** Normalizes texts that read the same: composed letters, one plain space between words, none at either end. */
export const tidyText = (text: string): string =>
  text
    .normalize('NFC')
    .replaceAll(/\p{Zs}+/gu, ' ')
    .trim();

/** For what operators write and shoppers read. Lengths count what is left after tidying. */
export const shownText = (lengthMax: number, lengthMin = 1) =>
  z
    .string()
    .overwrite(tidyText)
    .min(lengthMin)
    .max(lengthMax)
    .refine((text) => text === '' || isShownText(text), `accepted: ${accepted}`);

/** Paragraphs: lines of `shownText`, with at most one empty line between two. */
const tidyParagraphs = (text: string): string =>
  text
    .replaceAll(/\r\n?/g, '\n')
    .split('\n')
    .map(tidyText)
    .join('\n')
    .replaceAll(/\n{3,}/g, '\n\n')
    .trim();

/** As `shownText`, in several lines; it may be empty. */
export const shownParagraphs = (lengthMax: number) =>
  z
    .string()
    .overwrite(tidyParagraphs)
    .max(lengthMax)
    .refine(
      (text) => text.split('\n').every((line) => line === '' || isShownText(line)),
      `accepted: ${accepted} but line breaks`,
    );

/** JSON may spell each UTF-16 code unit as `\uXXXX`. */
const jsonBytesPerUnit = 6;
/** Room for the other fields of a body, with spaces between them. */
const otherFieldsBytes = 512;

/** Bytes of the longest body whose texts have this many UTF-16 code units, however its JSON is escaped. */
export function bodyBytesOf(textUnits: number): number {
  return textUnits * jsonBytesPerUnit + otherFieldsBytes;
}
