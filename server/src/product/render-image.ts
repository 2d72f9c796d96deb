import {
  type ImageFormat,
  imageRatioMax,
  imageSideMax,
  imageSideMin,
  imageWidths,
} from '@flipzon/protocol/product.ts';
import sharp, { type Sharp } from 'sharp';
import { decodedFormats, imageTypeOf } from './image-type.ts';
import { hasMoreScans } from './jpeg-scans.ts';

export interface RenderedFile {
  width: number;
  format: ImageFormat;
  bytes: Buffer;
}

export type Rendered =
  | { ok: true; width: number; height: number; widths: number[]; files: RenderedFile[] }
  | { ok: false; message: string };

/** Phones take pictures of 50 megapixels. */
const pixelsMax = 51_000_000;
const secondsMax = 15;
/** libvips reads all scans of a JPEG before it looks at the time. Encoders write about ten. */
const scansMax = 64;
/** A document of MongoDB has 16 MB; a file that needs more than this is noise. */
const fileBytesMax = 4 * 1024 * 1024;

// One thread for a picture, so that the others are free for buys; nothing is kept of it.
sharp.concurrency(1);
sharp.cache(false);
// Of what libvips can read, these are the only loaders that an upload may reach, whatever its bytes look like to it.
sharp.block({ operation: ['VipsForeignLoad'] });
sharp.unblock({
  operation: [
    'VipsForeignLoadJpegBuffer',
    'VipsForeignLoadPngBuffer',
    'VipsForeignLoadWebpBuffer',
    'VipsForeignLoadHeifBuffer',
  ],
});

/**
 * Draws a picture again in each width: upright, in sRGB, on white, and without anything else that its file had. Nothing of the bytes that were
 * uploaded is in what is served. Runs on one of libuv's threads.
 */
export async function renderImage(file: Buffer): Promise<Rendered> {
  const type = imageTypeOf(file);
  if (type === null) return refused('This is not a JPEG, PNG, WebP or AVIF image.');
  if (type === 'jpeg' && hasMoreScans(file, scansMax)) return refused(damaged);
  try {
    const source = sharp(file, { limitInputPixels: pixelsMax, failOn: 'warning', autoOrient: true });
    const { format, autoOrient } = await source.metadata();
    if (format !== decodedFormats[type]) return refused(damaged);
    const wrong = refusedShape(autoOrient);
    if (wrong !== null) return refused(wrong);
    return await drawAll(source, autoOrient.width);
  } catch (error) {
    // What libvips says names its own functions; the operator can do the same about all of it.
    return refused(/exceeds pixel limit/i.test(String(error)) ? tooLarge : damaged);
  }
}

async function drawAll(source: Sharp, sourceWidth: number): Promise<Rendered> {
  const width = Math.min(sourceWidth, imageWidths.at(-1) as number);
  const widths = [...imageWidths.filter((each) => each < width), width];
  // Decoded once, at the size of the widest one.
  const { data, info } = await source
    .timeout({ seconds: secondsMax })
    .resize({ width })
    .flatten({ background: '#fff' })
    .toColourspace('srgb')
    .raw({ depth: 'uchar' })
    .toBuffer({ resolveWithObject: true });
  const { height, channels } = info;
  const files: RenderedFile[] = [];
  for (const each of widths) {
    const drawn = () => sharp(data, { raw: { width, height, channels } }).timeout({ seconds: secondsMax });
    files.push(
      {
        width: each,
        format: 'webp',
        bytes: await drawn().resize({ width: each }).webp({ quality: 80 }).toBuffer(),
      },
      {
        width: each,
        format: 'jpeg',
        bytes: await drawn().resize({ width: each }).jpeg({ quality: 80, mozjpeg: true }).toBuffer(),
      },
    );
  }
  return files.some(({ bytes }) => bytes.length > fileBytesMax)
    ? refused('This image has too much detail to be shown. Use a smaller or smoother one.')
    : { ok: true, width, height, widths, files };
}

const damaged = 'This image is damaged or incomplete. Export it again and upload the new file.';
const tooLarge = `An image has at most ${pixelsMax / 1_000_000} megapixels. Make this one smaller.`;

function refusedShape({ width, height }: { width: number; height: number }): string | null {
  const [short, long] = [Math.min(width, height), Math.max(width, height)];
  if (short < imageSideMin) return `Each side of an image has at least ${imageSideMin} pixels.`;
  if (long > imageSideMax) return `Each side of an image has at most ${imageSideMax} pixels.`;
  return long > imageRatioMax * short
    ? `The long side of an image is at most ${imageRatioMax} times the short one. Crop this one.`
    : null;
}

function refused(message: string): Rendered {
  return { ok: false, message };
}
