/** A notification that brings the page back when it is pressed; a later one of the same tag takes its place. */
export function notify(words: { tag: string; title: string; body: string }): void {
  try {
    const notification = new Notification(words.title, { tag: words.tag, body: words.body });
    notification.onclick = () => {
      window.focus();
      notification.close();
    };
  } catch {
    // Phones allow it to service workers only; the title of the tab and the page itself still count down.
  }
}
