export type ImageType = 'jpeg' | 'png' | 'webp' | 'avif';

/** Formats that libvips reads under each type, as its metadata names them. */
export const decodedFormats = {
  jpeg: 'jpeg',
  png: 'png',
  webp: 'webp',
  avif: 'heif',
} as const satisfies Record<ImageType, string>;

const pngSignature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/** The type by the first bytes of the file, whatever its name and the request say; null: none that a product may have. */
export function imageTypeOf(file: Buffer): ImageType | null {
  if (file[0] === 0xff && file[1] === 0xd8 && file[2] === 0xff) return 'jpeg';
  if (file.subarray(0, 8).equals(pngSignature)) return 'png';
  if (textAt(file, 0, 4) === 'RIFF' && textAt(file, 8, 12) === 'WEBP') return 'webp';
  return isAvif(file) ? 'avif' : null;
}

/** `ftyp` names a major brand and then all that it is compatible with. A HEIC has the same box and other brands. */
function isAvif(file: Buffer): boolean {
  if (textAt(file, 4, 8) !== 'ftyp') return false;
  const end = Math.min(file.readUInt32BE(0), 128, file.length);
  for (let at = 8; at + 4 <= end; at += 4) {
    const brand = textAt(file, at, at + 4);
    if (at !== 12 && (brand === 'avif' || brand === 'avis')) return true;
  }
  return false;
}

function textAt(file: Buffer, from: number, to: number): string {
  return file.toString('latin1', from, to);
}
