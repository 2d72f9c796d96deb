import { crc32, deflateSync } from 'node:zlib';
import sharp from 'sharp';
import { describe, expect, it, test } from 'vitest';
import { renderImage } from '../../src/product/render-image.ts';

const red = { r: 200, g: 20, b: 20 };
const picture = (width = 400, height = 300, alpha = 1) =>
  sharp({ create: { width, height, channels: alpha === 1 ? 3 : 4, background: { ...red, alpha } } });
/** Every pixel different, so that no half of the file can be left out. */
const noise = (width: number, height: number) => {
  const data = Buffer.alloc(width * height * 3);
  for (let at = 0; at < data.length; at++) data[at] = (at * 2_654_435_761) >>> 24;
  return sharp(data, { raw: { width, height, channels: 3 } });
};
const pixel = async (file: Buffer, left = 0, top = 0) => {
  const raw = await sharp(file).extract({ left, top, width: 1, height: 1 }).raw().toBuffer();
  return [...raw];
};
const rendered = async (file: Buffer) => {
  const result = await renderImage(file);
  if (!result.ok) throw new Error(result.message);
  return result;
};

/** A PNG whose header says more than its few bytes hold. */
function pngOf(width: number, height: number): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 0, 0, 0, 0], 8);
  const chunk = (type: string, data: Buffer) => {
    const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
    const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
    length.writeUInt32BE(data.length);
    check.writeUInt32BE(crc32(body));
    return Buffer.concat([length, body, check]);
  };
  const rows = deflateSync(Buffer.alloc(Math.min(height * (width + 1), 1_000)));
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', rows),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** Where the frame header of a JPEG has its height. */
function withoutHeight(jpeg: Buffer): Buffer {
  const file = Buffer.from(jpeg);
  const frame = file.findIndex((byte, at) => byte === 0xff && [0xc0, 0xc2].includes(file[at + 1] ?? 0));
  file.writeUInt16BE(0, frame + 5);
  return file;
}

describe('an image of each accepted type', () => {
  test.each(['jpeg', 'png', 'webp', 'avif'] as const)(
    '%s is drawn in every width and both formats',
    async (type) => {
      const { width, height, widths, files } = await rendered(
        await picture(1_600, 1_200).toFormat(type).toBuffer(),
      );
      expect({ width, height, widths }).toEqual({
        width: 1_440,
        height: 1_080,
        widths: [320, 640, 960, 1_440],
      });
      for (const file of files) {
        const { format, width: has } = await sharp(file.bytes).metadata();
        expect([format, has]).toEqual([file.format, file.width]);
      }
      expect(files).toHaveLength(8);
    },
  );

  it('is never made wider than it was', async () => {
    expect((await rendered(await picture(500, 400).png().toBuffer())).widths).toEqual([320, 500]);
    expect((await rendered(await picture(20, 30).png().toBuffer())).widths).toEqual([20]);
  });
});

describe('what a file has beside its picture', () => {
  it('is left behind: place, camera, comments, and a page that was written into it', async () => {
    const script = '<script>alert(document.domain)</script>';
    const photo = await picture()
      .jpeg()
      .withExif({ IFD0: { Copyright: 'Ann', Make: script }, IFD3: { GPSLatitude: '51/1 30/1 0/1' } })
      .toBuffer();
    expect(photo.includes(script)).toBe(true);
    const { files } = await rendered(Buffer.concat([photo, Buffer.from(`<html>${script}</html>`)]));
    for (const { bytes } of files) {
      const { exif, xmp, icc, iptc } = await sharp(bytes).metadata();
      expect({ exif, xmp, icc, iptc }).toEqual({});
      expect(bytes.includes('script')).toBe(false);
    }
  });

  it('turns the picture the way that the camera was held', async () => {
    const lying = await picture(400, 200).jpeg().withMetadata({ orientation: 6 }).toBuffer();
    expect(await rendered(lying)).toMatchObject({ width: 200, height: 400, widths: [200] });
  });

  it('is every frame but the first', async () => {
    const frames = [red, { r: 0, g: 0, b: 255 }].map((background) =>
      sharp({ create: { width: 40, height: 40, channels: 3, background } })
        .png()
        .toBuffer(),
    );
    const animated = await sharp(await Promise.all(frames), { join: { animated: true } })
      .webp()
      .toBuffer();
    expect((await sharp(animated).metadata()).pages).toBe(2);
    const { height, files } = await rendered(animated);
    expect(height).toBe(40);
    const [r = 0, , b = 0] = await pixel(files[0]?.bytes as Buffer);
    expect(r).toBeGreaterThan(b);
  });
});

describe('colours that no screen has', () => {
  test.each([
    ['CMYK', () => picture().toColourspace('cmyk').jpeg().toBuffer()],
    ['16 bits', () => picture().toColourspace('rgb16').png().toBuffer()],
    ['a palette', () => picture().png({ palette: true }).toBuffer()],
    ['greys', () => picture().greyscale().png().toBuffer()],
  ])('%s become sRGB', async (_name, make) => {
    for (const { bytes } of (await rendered(await make())).files) {
      const { space, depth, channels } = await sharp(bytes).metadata();
      expect([space, depth, channels]).toEqual(['srgb', 'uchar', 3]);
    }
  });

  it('that let the ground through are drawn on white', async () => {
    const { files } = await rendered(await picture(40, 40, 0).png().toBuffer());
    for (const { bytes } of files) expect(await pixel(bytes)).toEqual([255, 255, 255]);
  });
});

describe('a file that is refused', () => {
  const svg =
    '<svg xmlns="http://www.w3.org/2000/svg" width="99" height="99"><script>alert(1)</script></svg>';
  const png = () => picture().png().toBuffer();
  test.each<[string, () => Buffer | Promise<Buffer>, RegExp]>([
    ['SVG', () => Buffer.from(svg), /not a JPEG/],
    ['HTML', () => Buffer.from(`<!doctype html><img src=x onerror=alert(1)>`), /not a JPEG/],
    ['GIF', () => picture().gif().toBuffer(), /not a JPEG/],
    ['TIFF', () => picture().tiff().toBuffer(), /not a JPEG/],
    ['HEIC', async () => heicOf(await picture().avif().toBuffer()), /not a JPEG/],
    ['nothing', () => Buffer.alloc(0), /not a JPEG/],
    ['three bytes', () => Buffer.from([0xff, 0xd8, 0xff]), /damaged/],
    [
      'an SVG that begins as a PNG',
      async () => Buffer.concat([(await png()).subarray(0, 8), Buffer.from(svg)]),
      /damaged/,
    ],
    [
      'an SVG that begins as a JPEG',
      () => Buffer.concat([Buffer.from([0xff, 0xd8, 0xff]), Buffer.from(svg)]),
      /damaged/,
    ],
    ['a picture without a height', async () => withoutHeight(await picture().jpeg().toBuffer()), /damaged/],
    ['a picture of no size', () => pngOf(0, 0), /damaged/],
    ['3,600 megapixels in 100 bytes', () => pngOf(60_000, 60_000), /megapixels/],
    [
      '64 megapixels',
      () =>
        sharp({ create: { width: 8_000, height: 8_000, channels: 3, background: red } })
          .png()
          .toBuffer(),
      /megapixels/,
    ],
    ['a line', () => picture(2_000, 100).png().toBuffer(), /4 times/],
    ['a dot', () => picture(4, 4).png().toBuffer(), /at least 16/],
  ])('%s, and its operator reads why', async (_name, make, why) => {
    expect(await renderImage(await make())).toEqual({ ok: false, message: expect.stringMatching(why) });
  });

  test.each(['jpeg', 'png', 'webp', 'avif'] as const)('%s of which the end is missing', async (type) => {
    const whole = await noise(400, 300).toFormat(type).toBuffer();
    expect(await renderImage(whole.subarray(0, whole.length / 2))).toMatchObject({ ok: false });
  });
});

function heicOf(avif: Buffer): Buffer {
  return Buffer.from(avif.toString('latin1').replaceAll('avif', 'heic'), 'latin1');
}

describe('a progressive JPEG', () => {
  /** Its last scan again and again: a few bytes each, and each goes over the whole picture. */
  async function withScans(more: number): Promise<Buffer> {
    const file = await picture(64, 64).toColourspace('b-w').jpeg({ progressive: true }).toBuffer();
    const at = file.lastIndexOf(Buffer.from([0xff, 0xda]));
    const scan = Buffer.from(file.subarray(at, -2));
    // Not a refinement of the scan before it: there is nothing to refine in the second one.
    scan[scan.readUInt16BE(2) + 1] = 0;
    return Buffer.concat([file.subarray(0, -2), ...Array<Buffer>(more).fill(scan), file.subarray(-2)]);
  }

  it('is drawn with as many scans as encoders write', async () => {
    expect(await renderImage(await withScans(20))).toMatchObject({ ok: true });
  });

  it('is refused with more: they would be read for minutes', async () => {
    expect(await renderImage(await withScans(100))).toMatchObject({ ok: false });
  });

  it('is judged by its own scans, and not by what only looks like one in its metadata', async () => {
    const file = await withScans(0);
    const comment = Buffer.alloc(1_000, Buffer.from([0xff, 0xda]));
    const head = Buffer.from([0xff, 0xfe, (comment.length + 2) >> 8, (comment.length + 2) & 0xff]);
    const commented = Buffer.concat([file.subarray(0, 2), head, comment, file.subarray(2)]);
    expect(await renderImage(commented)).toMatchObject({ ok: true });
  });
});
