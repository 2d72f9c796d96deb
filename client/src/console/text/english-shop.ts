/** The texts about the shop's settings. */
export const englishShop = {
  shop: {
    title: 'The shop',
    detail: 'What shoppers see of who sells. Saved changes are on all pages at once.',
    name: 'Name of the shop',
    logo: 'Shop logo',
    logoHint: 'JPEG, PNG, WebP or AVIF, up to 10 MB. Shown on white.',
    chooseLogo: 'Choose a logo',
    removeLogo: 'Remove the logo',
    colours: { accent: 'Colour of buttons', backdrop: 'Colour behind the product' },
    own: { accent: 'Own colour for buttons', backdrop: 'Own colour behind the product' },
    unreadable: {
      light: (contrast: string) =>
        `Text on this colour is hard to read in light mode: its contrast is ${contrast} to 1, and at least 4.5 to 1 is needed.`,
      dark: (contrast: string) =>
        `Text on this colour is hard to read in dark mode: its contrast is ${contrast} to 1, and at least 4.5 to 1 is needed.`,
    },
    links: {
      imprint: 'Imprint (address)',
      terms: 'Terms and conditions (address)',
      privacy: 'Privacy (address)',
      returns: 'Returns (address)',
    },
    email: 'E-mail for shoppers',
    contact: 'Contact page (address)',
    addressHint: 'Begins with https://',
    delivery: 'Delivery',
    deliveryHint: 'Under the button, up to 300 characters: how and when the product arrives.',
    next: 'What happens after a purchase',
    nextHint: 'With each confirmed order, up to 1,000 characters.',
    nextLink: 'Link after a purchase (address)',
    save: 'Save settings',
    saved: 'The settings are saved. Reload the shop’s page to see them.',
    preview: 'Preview',
    modes: { light: 'Light', dark: 'Dark' },
    product: 'Your product',
    buy: 'Buy',
    refused: {
      conflict: 'Someone else has changed the settings. They are loaded again; repeat your change.',
      invalid_request:
        'An entry is not accepted. Addresses begin with https://, texts have no control characters.',
      unreadable_colours: 'Text on these colours is hard to read. Choose others.',
    } as Record<string, string>,
    failed: 'The settings could not be loaded or saved. Try again.',
  },
};
