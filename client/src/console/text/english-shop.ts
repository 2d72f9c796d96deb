/** The texts about the shop's settings. */
export const englishShop = {
  shop: {
    title: 'The shop',
    detail:
      'What shoppers see of your shop. Saved changes appear when a page is loaded; open pages need a reload.',
    name: 'Name of the shop',
    logo: 'Shop logo',
    logoHint: 'JPEG, PNG, WebP or AVIF, up to 10 MB. Shown on white.',
    chooseLogo: 'Choose a logo',
    removeLogo: 'Remove the logo',
    colours: { accent: 'Colour of buttons', backdrop: 'Colour behind the product' },
    own: { accent: 'Custom colour for buttons', backdrop: 'Custom colour behind the product' },
    unreadable: {
      light: (contrast: string) =>
        `Text on this colour is hard to read in light mode: its contrast is ${contrast} to 1, and at least 4.5 to 1 is needed.`,
      dark: (contrast: string) =>
        `Text on this colour is hard to read in dark mode: its contrast is ${contrast} to 1, and at least 4.5 to 1 is needed.`,
    },
    links: {
      imprint: 'Legal notice (URL)',
      terms: 'Terms and conditions (URL)',
      privacy: 'Privacy (URL)',
      returns: 'Returns (URL)',
    },
    email: 'E-mail for shoppers',
    contact: 'Contact page (URL)',
    addressHint: 'Begins with https://',
    delivery: 'Delivery',
    deliveryHint: 'How and when the product arrives. Shown under the button, up to 300 characters.',
    next: 'What happens after a purchase',
    nextHint: 'Shown with each confirmed order, up to 1,000 characters.',
    nextLink: 'Link after a purchase (URL)',
    save: 'Save settings',
    saved: 'The settings are saved. Reload the shop’s page to see them.',
    preview: 'Preview',
    modes: { light: 'Light', dark: 'Dark' },
    product: 'Your product',
    buy: 'Buy',
    refused: {
      conflict: 'Someone else has changed the settings. They have been reloaded. Repeat your change.',
      invalid_request:
        'An entry is not accepted. URLs begin with https://, and texts have no control characters.',
      unreadable_colours: 'Text on these colours is hard to read. Choose others.',
    } as Record<string, string>,
    failed: 'The settings could not be loaded or saved. Try again.',
  },
};
