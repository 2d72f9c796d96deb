/** Hands the visitor a file that was made on the page. */
export function saveFile(name: string, type: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The download has been taken over by then; a page that stays open for days must not keep every file.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
