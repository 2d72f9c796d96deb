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
    searchDetail: 'Over all sales. Enter how a customer’s ID begins, an order number or an order ID.',
    searchFor: 'Customer or order',
    customer: (id: string) => `Customer ${id}`,
    purchases: (count: number, text: string) =>
      plural(count, { one: `${text} purchase in total`, other: `${text} purchases in total` }),
    mayBuy: 'This customer may buy.',
    blockedBy: (by: string, at: string) => `Blocked by ${by} on ${at}.`,
    blocked: 'Blocked customers',
    by: (by: string, at: string) => `by ${by}, ${at}`,
    twoReadings: (grouped: string, plain: string) =>
      `This can be read in two ways. If you mean ${grouped}, enter ${plain}.`,
    noneBlocked: 'No customer is blocked.',
  },
  presale: {
    who: 'Who may buy',
    kinds: {
      none: 'Everyone',
      minutes: 'With an access code at first, then everyone',
      end: 'Only with an access code',
    },
    minutes: 'Minutes with codes',
    minutesWrong: 'Enter a whole number from 1 to 525,600.',
    title: 'Access codes',
    detail:
      'Each code lets one customer buy in this sale. The shop stores their hashes: it gives the codes to you once, when they are made.',
    issued: 'Issued',
    redeemed: 'Redeemed',
    revokedCount: 'Revoked',
    count: 'Codes to make',
    countWrong: 'Enter a whole number from 1 to 10,000.',
    generate: 'Make and download',
    generated: (count: number, text: string) =>
      plural(count, {
        one: `${text} code was made and downloaded.`,
        other: `${text} codes were made and downloaded.`,
      }),
    variant: 'Only for',
    anyVariant: 'Any variant',
    import: 'Import a file',
    importDetail: 'CSV or text, one code in each line; after a comma, the SKU of the variant that it is for.',
    imported: (imported: string, duplicates: string, invalid: string) =>
      `${imported} imported, ${duplicates} duplicates, ${invalid} not valid.`,
    notImported: (lines: string) => `Not imported: lines ${lines}.`,
    code: 'Code to revoke',
    revoke: 'Revoke',
    revoked: 'The code is revoked.',
    failed: 'That did not work. Try again.',
    refused: {
      conflict: 'The limit is reached, or the code is already redeemed. To stop its customer, block them.',
      not_found: 'This sale has no such code. Check it.',
      payload_too_large: 'The file is too long.',
    } as Record<string, string>,
  },
};
