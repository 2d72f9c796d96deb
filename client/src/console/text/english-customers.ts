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
};
