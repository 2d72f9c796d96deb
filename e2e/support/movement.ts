import type { Page } from '@playwright/test';

declare global {
  interface Window {
    movements?: string[];
  }
}

/** Notes what moves from the first paint on, whether by style sheet or by script. */
export async function watchMovement(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const movements: string[] = [];
    window.movements = movements;
    for (const kind of ['animationstart', 'transitionrun'] as const) {
      document.addEventListener(
        kind,
        (event) => movements.push(`${kind} ${(event.target as Element).className}`),
        {
          capture: true,
        },
      );
    }
    const animate = Element.prototype.animate;
    Element.prototype.animate = function (...how) {
      // Whether a browser knows how to animate is tried out on what is not shown.
      if (this.isConnected) {
        movements.push(`animate ${this.className}`);
      }
      return animate.apply(this, how);
    };
  });
}
