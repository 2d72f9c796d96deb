import { pluralsOf } from '../../text/plural.ts';

const plural = pluralsOf('en');

/** The texts about variants: sizes, colours, categories of seats. */
export const englishVariants = {
  variants: {
    title: 'Variants',
    hint: 'Sizes, colours or categories of seats, each with its own stock. The shop shows them in this order.',
    add: 'Add variants',
    addMore: 'Add a variant',
    full: 'A product has at most 20 variants.',
    one: (number: string) => `Variant ${number}`,
    name: 'Name',
    sku: 'SKU',
    units: 'Units',
    price: 'Price',
    priceHint: 'If empty, the price of the sale.',
    total: 'Units in total',
    earlier: 'Move up',
    later: 'Move down',
    remove: 'Remove',
    wrong: {
      name: 'Enter a name of 1 to 60 characters.',
      sku: 'Enter 1 to 32 letters A–Z, digits, dots or dashes. Begin with a letter or digit.',
      taken: 'Another variant has this SKU. Enter a different one.',
      few: 'Add a second variant, or remove this one.',
      many: 'A sale has at most 10,000,000 units. Enter smaller numbers.',
    },
    choose: 'Variant',
    none: 'Choose a variant',
    missing: 'Choose which variant gets the units.',
    leftOf: (left: string, quantity: string) => `${left} of ${quantity} left`,
    line: (units: string, price: string) => `${units} at ${price}`,
    offer: (units: string, name: string) => `${units} × ${name}`,
    unitsInAll: (count: number, text: string) =>
      plural(count, { one: `${text} unit`, other: `${text} units` }),
    sold: 'Sold',
    revenue: 'Revenue',
    failed: 'The figures of the variants could not be loaded.',
    unitsOf: (variant: string) => `Units of ${variant}`,
  },
};
