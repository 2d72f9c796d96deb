import { escaped } from '../shared/escape.ts';

/** The same part of a mail as plain text and as HTML. */
export interface Part {
  text: string;
  html: string;
}

/** A mail's page: without images, scripts, external styles or tracking links. */
export function page(language: string, parts: readonly string[]): string {
  const direction = language === 'ar' ? 'rtl' : 'ltr';
  return (
    `<!doctype html><html lang="${language}" dir="${direction}"><head><meta charset="utf-8"></head>` +
    `<body dir="${direction}" style="font-family:sans-serif;line-height:1.5">${parts.join('')}</body></html>`
  );
}

export function paragraph(text: string): string {
  return `<p>${escaped(text)}</p>`;
}

/** As it was typed, with its line breaks, in the direction of its own language. */
export function typedText(text: string): string {
  return `<p dir="auto">${escaped(text).replaceAll('\n', '<br>')}</p>`;
}

export function heading(text: string): string {
  return `<h2 style="font-size:1em">${escaped(text)}</h2>`;
}

export function link(text: string, address: string): string {
  return `<a href="${escaped(address)}">${escaped(text)}</a>`;
}

export function table(rows: readonly (readonly [name: string, value: string])[]): string {
  const shown = rows.map(
    ([name, value]) => `<tr><td>${escaped(name)}</td><td><b><bdi>${escaped(value)}</bdi></b></td></tr>`,
  );
  return `<table cellpadding="4">${shown.join('')}</table>`;
}
