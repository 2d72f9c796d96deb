/** The texts about what a product looks like. */
export const englishProduct = {
  product: {
    description: 'Description',
    descriptionHint: 'Plain text. Leave an empty line between paragraphs.',
    images: 'Images',
    imagesHint: 'JPEG, PNG, WebP or AVIF, up to 10 MB each. The first one is the largest on the page.',
    add: 'Add images',
    uploading: (name: string) => `Uploading ${name}…`,
    alt: 'Alternative text',
    altHint: 'What the image shows, for people who do not see it.',
    earlier: 'Move forward',
    later: 'Move back',
    remove: 'Remove',
    full: 'A product has at most 8 images.',
    wrong: {
      description: 'Enter at most 2,000 characters.',
      alt: 'Describe each image in 1 to 200 characters.',
    },
    refused: {
      invalid_image: (name: string) => `${name}: this is not an image that the shop accepts.`,
      payload_too_large: (name: string) => `${name}: the file is larger than 10 MB.`,
      unsupported_media_type: (name: string) => `${name}: only JPEG, PNG, WebP and AVIF are accepted.`,
      too_many_requests: (_name: string) => 'Too many uploads. Wait a minute, then try again.',
      request_timeout: (name: string) => `${name}: the upload took too long. Use a smaller file.`,
      other: (name: string) => `${name} could not be uploaded. Try again.`,
    },
  },
};
