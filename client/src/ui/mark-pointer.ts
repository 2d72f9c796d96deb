/**
 * Marks the page while it is used by mouse, pen or finger. Browsers draw `:focus-visible` also on what a script focuses after a click: a
 * heading that takes the focus for screen readers would get a frame that only a keyboard user has a use for.
 */
export function markPointer({ documentElement }: Document): void {
  const mark = (used: boolean) => documentElement.toggleAttribute('data-pointer', used);
  documentElement.addEventListener('pointerdown', () => mark(true), { capture: true });
  documentElement.addEventListener('keydown', () => mark(false), { capture: true });
}
