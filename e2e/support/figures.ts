import type { Page } from '@playwright/test';

const hero = '.hero-number, .board-number';

/** How far the lowest stroke of the count, or of the words in its place, stands above what comes below, in pixels. */
export function roomBelowCount(page: Page): Promise<number> {
  return page.locator(`${hero}, .board-words`).evaluate((number) => {
    const style = getComputedStyle(number);
    const pen = document.createElement('canvas').getContext('2d') as CanvasRenderingContext2D;
    pen.font = `${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
    const text = (number.querySelector('data') ?? number).textContent ?? '';
    const mark = document.createElement('span');
    mark.style.cssText = 'display:inline-block;width:0;height:0';
    (number.firstElementChild ?? number).append(mark);
    const baseline = mark.getBoundingClientRect().bottom;
    mark.remove();
    const below = number.nextElementSibling?.getBoundingClientRect().top ?? Number.NaN;
    return below - baseline - pen.measureText(text).actualBoundingBoxDescent;
  });
}

/** How much of the box around a digit its outline fills, in the font of the count: a disk or a ring about 0.79, a diamond half of it. */
export function outlineShare(page: Page, digit: string): Promise<number> {
  return page.locator(hero).evaluate(async (number, text) => {
    const style = getComputedStyle(number);
    const font = `${style.fontWeight} 200px ${style.fontFamily}`;
    await document.fonts.load(font, text);
    const pen = new OffscreenCanvas(400, 400).getContext('2d') as OffscreenCanvasRenderingContext2D;
    pen.font = font;
    pen.fillText(text, 100, 300);
    const { data } = pen.getImageData(0, 0, 400, 400);
    const rows = Array.from({ length: 400 }, (_row, y) => {
      const inked = Array.from({ length: 400 }, (_column, x) => x).filter(
        (x) => (data[4 * (400 * y + x) + 3] ?? 0) > 127,
      );
      return { from: inked[0] ?? 400, to: (inked.at(-1) ?? -1) + 1 };
    }).filter(({ from, to }) => to > from);
    const width = Math.max(...rows.map(({ to }) => to)) - Math.min(...rows.map(({ from }) => from));
    return rows.reduce((area, { from, to }) => area + to - from, 0) / (width * rows.length);
  }, digit);
}
