import { expect, test } from '../fixtures.ts';
import { cutTexts } from '../support/fits.ts';
import { inSeconds } from '../support/shop-api.ts';

const languages = ['en', 'hi', 'de', 'ar'];
const narrow = { width: 320, height: 640 };
const seed = Number(process.env.SEED ?? Math.floor(Math.random() * 2 ** 31));

/** Letters and figures of several scripts, in words of up to `longest`, `length` characters in all. */
function madeUp(length: number, longest: number, seedOfText: number): string {
  const alphabet = [...'WMwmilj0189ßÄéжщअक्षعربي商品'];
  let state = seedOfText;
  const next = (below: number) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fff_ffff;
    return Math.floor((state / 0x8000_0000) * below);
  };
  let text = '';
  for (let word = 1 + next(longest); text.length < length; word -= 1) {
    text += word > 0 ? alphabet[next(alphabet.length)] : ' ';
    if (word === 0) word = 1 + next(longest);
  }
  return text.slice(0, length).trim();
}

const sales = {
  'the longest word and the largest numbers': () => ({
    ...{ name: 'W'.repeat(120), price: 999_999_999.999, currency: 'KWD' },
    ...{ quantity: 10_000_000, perCustomer: 10 },
  }),
  'long words of several scripts and seven digits': () => ({
    ...{ name: madeUp(120, 40, seed), price: 9_999_999.99, currency: 'EUR' },
    ...{ quantity: 1_000_000, perCustomer: 2 },
  }),
  'a short name, one unit, and nothing to pay': () => ({ name: 'Ei', price: 0, quantity: 1 }),
};

for (const [what, termsOf] of Object.entries(sales)) {
  test(`${what}: on a narrow phone all texts of all pages can be read whole, in every language`, async ({
    operator,
    shop,
    shopper,
    operatorConsole,
  }) => {
    const terms = termsOf();
    const cut: [where: string, texts: string[]][] = [];
    const longId = 'M'.repeat(128);
    const ana = await shopper({ customerId: longId, viewport: narrow });
    const wall = await shopper({ token: null, viewport: narrow });
    const olga = await operatorConsole(`${longId.slice(1)}o`, { viewport: narrow });
    const everyLanguage = async ({ page }: Pick<typeof ana, 'page'>, what: string) => {
      for (const language of languages) {
        await page.locator('select').last().selectOption(language);
        await expect(page.locator('html')).toHaveAttribute('lang', language);
        const texts = await cutTexts(page);
        if (texts.length > 0) cut.push([`${what}, ${language}`, texts]);
      }
    };
    await operator.start({ ...terms, startsAt: inSeconds(123 * 24 * 3600 + 4000) });
    await Promise.all([ana.open(), wall.open('/board'), olga.open()]);
    for (const each of [ana, wall, olga]) await everyLanguage(each, `scheduled ${each.page.url()}`);

    const sale = await operator.start(terms);
    await ana.expectState('live');
    for (const each of [ana, wall]) await everyLanguage(each, `live ${each.page.url()}`);
    await ana.page.locator('[data-buy]').click();
    await ana.expectState('confirmed');
    await everyLanguage(ana, 'confirmed');

    const boss = await shop.token(`${longId.slice(1)}b`, 'operator');
    const reason = 'R'.repeat(200);
    const paused = await fetch(`${shop.nodes[0].url}/sales/${sale.id}/pause`, {
      method: 'POST',
      headers: { authorization: `Bearer ${boss}`, 'content-type': 'application/json' },
      body: JSON.stringify({ reason }),
    });
    expect(paused.status).toBe(200);
    const visitor = await shopper({ token: null, viewport: narrow });
    await visitor.open();
    await visitor.expectState('paused');
    for (const each of [visitor, wall]) await everyLanguage(each, `paused ${each.page.url()}`);
    for (const part of ['setup', 'control', 'watch', 'customers', 'after'] as const) {
      await olga.page.goto(`${olga.url}/console#${part}`);
      await expect(olga.page.locator('[data-part]')).toHaveAttribute('data-part', part);
      if (part === 'after') await expect(olga.page.getByTestId('orders-table')).toBeVisible();
      if (part === 'control') await expect(olga.log.filter({ hasText: longId.slice(1) })).not.toHaveCount(0);
      await everyLanguage(olga, part);
    }
    await visitor.visit(`/sales/${sale.id}/report`);
    await expect(visitor.page.getByTestId('sold')).toBeVisible();
    await everyLanguage(visitor, 'report');
    expect(cut, `seed ${seed}`).toEqual([]);
  });
}
