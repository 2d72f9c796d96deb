import { createRequire } from 'node:module';
import { builtInAccent, paletteOf, type ShopColours } from '@flipzon/protocol/colours.ts';
import sharp, { type OverlayOptions } from 'sharp';
import { escaped } from '../shared/escape.ts';
import { drawShapes, parcel } from './draw-shapes.ts';
import { shareSize } from './picture-sizes.ts';

/** All that the picture shows. */
export interface ShareContent {
  shop: string;
  product: string;
  price: string;
  /** When it opens, with the zone, or its status. */
  state: string;
  colours: ShopColours;
  direction: 'ltr' | 'rtl';
  /** JPEG or WebP of the product; null: a neutral drawing. */
  image: Buffer | null;
}

const edge = 72;
const textWidth = 600;
const bar = 16;
const panelWidth = 480;
const ink = '#16140f';
const builtInStage = '#fbd9c3';
const secondsMax = 10;

const require = createRequire(import.meta.url);
/** For each letter, Pango takes the first font that has it. */
const fonts = [
  '@expo-google-fonts/geist/600SemiBold/Geist_600SemiBold.ttf',
  '@expo-google-fonts/vazirmatn/600SemiBold/Vazirmatn_600SemiBold.ttf',
  '@expo-google-fonts/noto-sans-devanagari/600SemiBold/NotoSansDevanagari_600SemiBold.ttf',
].map((file) => require.resolve(file));
const families = 'Geist, Vazirmatn, Noto Sans Devanagari, sans-serif';
let fontsLoaded: Promise<unknown> | null = null;

/** Draws the picture that is shown beside a link to the shop. Runs on libuv's threads. */
export async function drawSharePicture(content: ShareContent): Promise<Buffer> {
  fontsLoaded ??= loadFonts();
  await fontsLoaded;
  const palette = paletteOf(content.colours, 'light');
  const stage = palette['--stage-1'] ?? builtInStage;
  const accent = palette['--accent'] ?? builtInAccent;
  const isRtl = content.direction === 'rtl';
  const lines = await Promise.all([
    drawText(content.shop, 30, isRtl, 80),
    drawText(content.product, content.product.length > 40 ? 48 : 68, isRtl, 290),
    drawText(content.price, 44, isRtl, 70),
    drawText(content.state, 32, isRtl, 90),
  ]);
  const [shop, product, price, state] = lines as [Line, Line, Line, Line];
  const bottom = shareSize.height - bar - edge;
  const leftOf = ({ info }: Line) => (isRtl ? shareSize.width - edge - info.width : edge);
  const at = (line: Line, top: number): OverlayOptions => ({ input: line.data, left: leftOf(line), top });
  const priceTop = bottom - state.info.height - 24 - price.info.height;
  return sharp({ create: { ...shareSize, channels: 3, background: stage } })
    .composite([
      await productPicture(content.image, accent, isRtl ? 0 : shareSize.width - panelWidth),
      at(shop, edge),
      at(product, Math.min(edge + shop.info.height + 40, priceTop - product.info.height - 20)),
      at(price, priceTop),
      at(state, bottom - state.info.height),
      {
        input: { create: { width: shareSize.width, height: bar, channels: 3, background: accent } },
        left: 0,
        top: shareSize.height - bar,
      },
    ])
    .timeout({ seconds: secondsMax })
    .jpeg({ quality: 82 })
    .toBuffer();
}

interface Line {
  data: Buffer;
  info: { width: number; height: number };
}

async function drawText(text: string, size: number, isRtl: boolean, heightMax: number): Promise<Line> {
  const drawn = await sharp({
    text: {
      text: `<span foreground="${ink}">${escaped(text)}</span>`,
      font: `${families} 600 ${size}`,
      width: textWidth,
      align: isRtl ? 'right' : 'left',
      wrap: 'word-char',
      rgba: true,
    },
  })
    .png()
    .toBuffer({ resolveWithObject: true })
    .catch(() => null);
  // Fonts draw none of it, as with some names that an earlier version accepted.
  if (drawn === null) return emptyLine();
  const { width, height } = drawn.info;
  if (height <= heightMax && width <= textWidth) return drawn;
  return sharp(drawn.data)
    .resize({ width: textWidth, height: heightMax, fit: 'inside', withoutEnlargement: true })
    .png()
    .toBuffer({ resolveWithObject: true });
}

async function emptyLine(): Promise<Line> {
  const background = { r: 0, g: 0, b: 0, alpha: 0 };
  return sharp({ create: { width: 1, height: 1, channels: 4, background } })
    .png()
    .toBuffer({ resolveWithObject: true });
}

/** Images of products are on white; the drawing stands on the background itself. */
async function productPicture(image: Buffer | null, accent: string, left: number): Promise<OverlayOptions> {
  const height = shareSize.height - bar;
  if (image !== null) {
    const fit = { width: panelWidth, height, fit: 'contain', background: '#ffffff' } as const;
    return {
      input: await sharp(image).resize(fit).flatten({ background: '#ffffff' }).png().toBuffer(),
      left,
      top: 0,
    };
  }
  const { data, width: rawWidth, height: rawHeight } = drawShapes(parcel(accent), 2);
  const input = await sharp(data, { raw: { width: rawWidth, height: rawHeight, channels: 4 } })
    .resize({ width: panelWidth - 40 })
    .png()
    .toBuffer();
  return { input, left: left + 20, top: 70 };
}

/** Once each font was loaded by its file, a text can name all of them as families. */
async function loadFonts(): Promise<void> {
  for (const fontfile of fonts)
    await sharp({ text: { text: '.', fontfile } })
      .png()
      .toBuffer();
}
