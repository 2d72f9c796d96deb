import { builtInAccent, textOn } from '@flipzon/protocol/colours.ts';
import sharp from 'sharp';
import { drawShapes, mark } from './draw-shapes.ts';
import { type IconName, iconSideOf } from './picture-sizes.ts';

/** An icon of the shop: its logo on white, or the built-in mark in its colour. */
export async function drawIcon(name: IconName, logo: Buffer | null, accent: string | null): Promise<Buffer> {
  const side = iconSideOf(name);
  if (logo !== null) {
    const inner = Math.round(side * (name === 'maskable' ? 0.6 : 0.86));
    const input = await sharp(logo)
      .resize({ width: inner, height: inner, fit: 'contain', background: '#ffffff' })
      .png()
      .toBuffer();
    return sharp({ create: { width: side, height: side, channels: 3, background: '#ffffff' } })
      .composite([{ input }])
      .png()
      .toBuffer();
  }
  const colour = accent ?? builtInAccent;
  const { data, width, height } = drawShapes(mark(colour, textOn(colour)), Math.max(4, (2 * side) / 32));
  return sharp(data, { raw: { width, height, channels: 4 } })
    .resize(side, side)
    .png()
    .toBuffer();
}
