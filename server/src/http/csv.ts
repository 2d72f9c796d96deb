/** Without it Excel reads UTF-8 as the character set of its locale. */
export const byteOrderMark = '\ufeff';

/**
 * Where a spreadsheet would find a formula: at the beginning of the text, or after a character that separates cells in some countries, whatever blanks and quotes
 * precede it. Full-width signs count like plain ones.
 */
const formula = /(^|[,;|\t\r\n])(?=[\s\p{Z}"']*[=+\-@\uff1d\uff0b\uff0d\uff20])/gu;
const needsQuotes = /[",;|\t\r\n']/;

/** Quoted as in RFC 4180; a text that a spreadsheet would take for a formula is defused with an apostrophe. */
export function csvCell(value: string | number | null): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  const text = value.replace(formula, "$1'").replace(/^(?=[\t\r])/, "'");
  return needsQuotes.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

export function csvLine(cells: readonly (string | number | null)[]): string {
  return `${cells.map(csvCell).join(',')}\r\n`;
}
