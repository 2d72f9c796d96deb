import { pluralsOf } from '../../text/plural.ts';

const plural = pluralsOf('en');

/** The texts about customers, their orders and the filter of the activity. */
export const englishCustomers = {
  logFilter: {
    filter: 'Filter',
    by: 'Operator',
    step: 'Step',
    anyStep: 'Any step',
    day: { from: 'From', to: 'Up to and including' },
    wrongDays: 'The last day must not be before the first.',
    apply: 'Apply',
    showAll: 'Show all',
    noMatch: 'No matching activity.',
  },
  shoppers: {
    search: 'Find orders',
    searchDetail: 'Across all sales. Enter the beginning of a customer’s ID, an order number or an order ID.',
    searchFor: 'Customer or order',
    customer: (id: string) => `Customer ${id}`,
    purchases: (count: number, text: string) =>
      plural(count, { one: `${text} purchase in total`, other: `${text} purchases in total` }),
    mayBuy: 'This customer may buy.',
    blockedBy: (by: string, at: string) => `Blocked by ${by} on ${at}.`,
    blocked: 'Blocked customers',
    by: (by: string, at: string) => `by ${by}, ${at}`,
    noneBlocked: 'No customer is blocked.',
  },
  presale: {
    who: 'Who may buy',
    kinds: {
      none: 'Everyone',
      minutes: 'With an access code at first, then everyone',
      end: 'Only with an access code',
    },
    minutes: 'Presale in minutes',
    minutesWrong: 'Enter a whole number from 1 to 525,600.',
    title: 'Access codes',
    detail:
      'Each code lets one customer buy in this sale. The shop stores only hashes, so you get the codes once, when they are generated.',
    issued: 'Issued',
    redeemed: 'Redeemed',
    revokedCount: 'Revoked',
    count: 'Number of codes',
    countWrong: 'Enter a whole number from 1 to 10,000.',
    generate: 'Generate and download',
    generated: (count: number, text: string) =>
      plural(count, {
        one: `${text} code was generated and downloaded.`,
        other: `${text} codes were generated and downloaded.`,
      }),
    variant: 'Only for',
    anyVariant: 'Any variant',
    import: 'Import a file',
    importDetail: 'CSV or text, one code per line. To limit a code to one variant, add a comma and its SKU.',
    imported: (imported: string, duplicates: string, invalid: string) =>
      `${imported} imported, ${duplicates} duplicates, ${invalid} invalid.`,
    notImported: (lines: string) => `Not imported: lines ${lines}.`,
    code: 'Code to revoke',
    revoke: 'Revoke',
    revoked: 'The code is revoked.',
    failed: 'That did not work. Try again.',
    refused: {
      conflict: 'The limit is reached, or the code has been redeemed. To stop that customer, block them.',
      not_found: 'This sale has no such code. Check it.',
      payload_too_large: 'The file is too large.',
    } as Record<string, string>,
  },
};
