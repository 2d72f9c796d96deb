import { gunzipSync } from 'node:zlib';
import type { Sale } from '@flipzon/protocol/schemas.ts';
import { noSettings } from '@flipzon/protocol/settings.ts';
import { describe, expect, it } from 'vitest';
import { FirstViews } from '../../src/http/first-view.ts';
import { GzipPieces } from '../../src/http/gzip-pieces.ts';

const saleOf = (change: Partial<Sale> = {}) =>
  ({ id: 'a', version: 1, status: 'live', available: true, remaining: 9, ...change }) as Sale;

function viewsAt(clock: { ms: number }) {
  const drawn: (readonly string[])[] = [];
  const errors: unknown[] = [];
  const shop = { shown: noSettings };
  const views = new FirstViews({
    module: {
      renderFirstView(sale, languages) {
        if (sale?.id === 'broken') throw new Error('broken');
        drawn.push(languages);
        return {
          language: 'en',
          direction: 'ltr',
          title: '',
          share: null,
          html: `${sale?.remaining}`,
          css: '',
        };
      },
      renderNotFound(language, _timeZone, shop) {
        if (language === 'ar') throw new Error('broken');
        drawn.push([language]);
        const direction = 'ltr';
        return { language, direction, title: `404 ${shop.name}`, share: null, html: '', css: '' };
      },
      tickScript: '',
    },
    timeZone: 'Asia/Kolkata',
    isPreview: false,
    shop: () => shop.shown,
    now: () => clock.ms,
    onError: (error) => errors.push(error),
  });
  return { views, drawn, errors, shop };
}

describe('the page of a wrong address', () => {
  it('is drawn once for each language and version of the settings; without a view if that fails', () => {
    const { views, drawn, errors, shop } = viewsAt({ ms: 0 });
    expect(views.notFound('de-AT,en;q=0.5')?.language).toBe('de');
    expect(views.notFound('de')?.title).toBe('404 null');
    expect(views.notFound('xx')?.language).toBe('en');
    expect(drawn).toEqual([['de'], ['en']]);
    shop.shown = { ...noSettings, name: 'Kiosk' };
    expect(views.notFound('de')?.title).toBe('404 Kiosk');
    expect([views.notFound('ar'), errors.length]).toEqual([null, 1]);
  });
});

describe('the first view', () => {
  it('is rendered at most four times a second for each language; a change of anything but the count shows at once', () => {
    const clock = { ms: 0 };
    const { views, drawn } = viewsAt(clock);
    expect(views.of(saleOf(), 'en')?.html).toBe('9');
    clock.ms = 249;
    expect(views.of(saleOf({ remaining: 5 }), 'en')?.html).toBe('9');
    expect(views.of(saleOf({ remaining: 4, version: 2 }), 'en')?.html).toBe('4');
    expect(views.of(saleOf({ remaining: 3, available: false }), 'en')?.html).toBe('3');
    clock.ms = 600;
    expect(views.of(saleOf({ remaining: 2, available: false }), 'en')?.html).toBe('2');
    expect(drawn).toHaveLength(4);
  });

  it('is asked for in the browser’s languages, and in nothing that is none', () => {
    const { views, drawn } = viewsAt({ ms: 0 });
    views.of(saleOf(), 'hi-IN, hi;q=0.9,en;q=0.8,*;q=0.1,<script>,../de');
    expect(drawn).toEqual([['hi-IN', 'hi', 'en']]);
  });

  it('is left out when too many languages need one, and when it cannot be rendered', () => {
    const clock = { ms: 0 };
    const { views, errors } = viewsAt(clock);
    const tags = Array.from(
      { length: 41 },
      (_, index) => `a${String.fromCharCode(97 + (index % 26), 97 + index / 26)}`,
    );
    const shown = tags.map((tag) => views.of(saleOf(), tag));
    expect(shown.filter((view) => view === null)).toHaveLength(1);
    clock.ms = 1000;
    expect(views.of(saleOf(), 'zzz')).not.toBeNull();
    expect(views.of(saleOf({ id: 'broken' }), 'en')).toBeNull();
    expect(errors).toHaveLength(1);
  });
});

describe('a gzip file of pieces', () => {
  it('is what the pieces are, whether they were kept, in which order, and how long', () => {
    const gzip = new GzipPieces(3);
    const long = 'यूनिट '.repeat(20_000);
    for (const texts of [['a', long, 'b'], [long, '', 'nonce', long], ['b', 'c', 'd', 'e'], []]) {
      const pieces = texts.map((text, index) => ({ text, kept: index % 2 === 0 }));
      expect(gunzipSync(gzip.join(pieces)).toString()).toBe(texts.join(''));
      const others = pieces.map(({ text, kept }) => ({ text, kept: !kept }));
      expect(gunzipSync(gzip.join(others)).toString()).toBe(texts.join(''));
    }
  });
});
