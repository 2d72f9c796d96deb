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

export function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}
