/** Hands the visitor a file that was made on the page, or fetched by it. */
export function saveFile(name: string, type: string, content: string | Blob): void {
  const url = URL.createObjectURL(new Blob([content], { type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The download has been taken over by then; a page that stays open for days must not keep every file.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
