import { expect, type Page } from '@playwright/test';

/**
 * As Chromium translates a page: each text node moves into two elements, but for what is not to be translated. Fails where a text is
 * not the only child of its element, since React would look for it there.
 */
export async function translate(page: Page): Promise<void> {
  const among = await page.evaluate(() => {
    const texts: [Text, Element][] = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const [text, parent] = [walker.currentNode as Text, walker.currentNode.parentElement];
      if (text.data.trim() !== '' && parent !== null && !parent.matches('script, style')) {
        texts.push([text, parent]);
      }
    }
    const among = texts.filter(([, parent]) => parent.childNodes.length > 1);
    const errors: string[] = [];
    Object.assign(window, { errorsSinceTranslation: errors });
    window.addEventListener('error', ({ message }) => errors.push(message));
    for (const [text, parent] of texts) {
      if (parent.closest('[translate=no]') === null) {
        const [outer, inner] = [document.createElement('font'), document.createElement('font')];
        outer.append(inner);
        text.replaceWith(outer);
        inner.append(`«${text.data}»`);
      }
    }
    return among.map(([{ data }, { outerHTML }]) => `${data} in ${outerHTML.slice(0, 200)}`);
  });
  expect(among, 'texts beside other nodes').toEqual([]);
}

/** All changes since the page was translated are drawn, without a fault. */
export async function expectRedrawn(page: Page, text = page.locator('footer p')): Promise<void> {
  await expect(text).not.toContainText('«');
  expect(await page.evaluate(() => Reflect.get(window, 'errorsSinceTranslation'))).toEqual([]);
}
