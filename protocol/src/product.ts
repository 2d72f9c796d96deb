import { z } from 'zod';
import { shownParagraphs, shownText } from './text.ts';

/** Pictures of a product: uploaded once, kept under the hash of their file, and served in a few widths. */

export const imageBytesMax = 10 * 1024 * 1024;
/** Of a side, in pixels. A smaller one shows nothing; a longer one comes from no camera. */
export const imageSideMin = 16;
export const imageSideMax = 16_000;
/** The long side by the short one. */
export const imageRatioMax = 4;
/** Widths for phones and desktops at one to three device pixels each; none is wider than the picture. */
export const imageWidths = [320, 640, 960, 1440] as const;
export const imageFormats = ['webp', 'jpeg'] as const;
export const imagesMax = 8;
export const altLengthMax = 200;

/** Types that an upload may have. The bytes decide, so a wrong one among these does no harm. */
export const imageTypes = ['image/jpeg', 'image/png', 'image/webp', 'image/avif'] as const;

export const imageId = z
  .string()
  .regex(/^[0-9a-f]{32}$/)
  .describe('hash of the file that was uploaded; the same file has the same id');

export const image = z
  .object({
    id: imageId,
    width: z.int().min(1).describe('of the widest one, in pixels; beside `height` the shape of all'),
    height: z.int().min(1),
    widths: z
      .array(z.int().min(1))
      .min(1)
      .max(imageWidths.length)
      .describe('that GET /images/{id}/{width}.webp and .jpeg have, ascending'),
  })
  .meta({ id: 'Image' });
export const imageAnswer = z.object({ image });

/** What a file of an image is called: its width and its format. */
export const imageFile = z
  .string()
  .regex(new RegExp(`^[1-9]\\d{0,3}\\.(${imageFormats.join('|')})$`))
  .describe('WIDTH.webp or WIDTH.jpeg');

export const productImage = image.extend({
  alt: shownText(altLengthMax).describe('what the picture shows, for those who do not see it'),
});

export const nameLengthMax = 120;
export const descriptionLengthMax = 2_000;
const description = shownParagraphs(descriptionLengthMax).describe('plain text in paragraphs');

/** What shoppers see of a product beside its name and price; left out where a sale has none of it. */
export const productDetails = {
  description: z.string().optional().describe('plain text in paragraphs'),
  images: z.array(productImage).max(imagesMax).optional().describe('the first one first'),
  edition: z
    .int()
    .optional()
    .describe('version of the sale that has this description and these images; GET /status has them'),
};

const imageWanted = z.strictObject({ id: imageId, alt: productImage.shape.alt });

/** As an operator gives them: the server knows the widths of an image that was uploaded. */
export const productDetailsBody = {
  description: description.optional(),
  images: z
    .array(imageWanted)
    .max(imagesMax)
    .refine((images) => new Set(images.map(({ id }) => id)).size === images.length, 'each image once')
    .optional(),
};

export type ImageWanted = z.infer<typeof imageWanted>;
export type Image = z.infer<typeof image>;
export type ImageFormat = (typeof imageFormats)[number];
export type ProductImage = z.infer<typeof productImage>;
