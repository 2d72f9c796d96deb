import { pluralsOf } from '../../text/plural.ts';

const plural = pluralsOf('en');

export const english = {
  title: (product: string) => `How the sale of ${product} went`,
  heading: 'Sale report',
  loading: 'Loading the report…',
  failed: 'The report could not be loaded.',
  again: 'Try again',
  notFound: 'Sale not found.',
  ongoing: (time: string) => `The sale is not over yet. Figures as of ${time}; they update automatically.`,
  settling: 'The sale is over. Its last orders are being saved, then it is sealed.',
  opened: (time: string) => `Opened ${time}`,
  opens: (time: string) => `Opens ${time}`,
  ended: (time: string) => `Ended ${time}`,
  neverOpened: (time: string) => `Ended ${time}, before it opened`,
  reason: (reason: string) => `The shop says: ${reason}`,

  soldOf: (quantity: string) => `of ${quantity} sold`,
  allGone: (duration: string) => `Sold out ${duration} after opening.`,
  asked: 'Buy requests answered',
  price: 'Price',
  perCustomer: 'Per customer',
  atMost: (count: string) => `at most ${count}`,
  cancelled: 'Cancelled',
  revoked: 'Reversed',

  variants: {
    title: 'Variants',
    name: 'Variant',
    sold: 'Sold',
    of: (sold: string, quantity: string) => `${sold} of ${quantity}`,
  },

  answers: {
    title: 'Answers to buy requests',
    detail: 'Each unit counts once. A repeated request gets the same answer and is counted separately.',
    none: 'No buy requests yet.',
    nobody: 'There were no buy requests.',
    claimed: 'Got a unit',
    replayed: 'Repeated, same answer',
    sold_out: 'Sold out',
    already_purchased: 'Already bought',
    sale_not_active: 'Not open',
    too_many_requests: 'Too many requests',
    unavailable: 'Try again later',
    other: 'Other refusals',
  },

  latency: {
    title: 'Response times',
    detail: 'From a request reaching a server to its answer. Percentiles are at most a quarter too high.',
    answer: 'Answer',
    claimed: 'Got a unit',
    refused: 'Refused',
    half: 'Half',
    p90: '9 of 10',
    p99: '99 of 100',
    slowest: 'Slowest',
  },

  fairness: {
    title: 'First come, first served',
    inOrder: (claims: number, count: string) =>
      plural(claims, {
        one: 'The only order was decided in order of arrival.',
        other: `All ${count} orders were decided in order of arrival.`,
      }),
    overtaken: (overtaken: number, count: string, all: string, by: string) =>
      plural(overtaken, {
        one: `${count} of ${all} orders was decided after one that had arrived later, by ${by} at most.`,
        other: `${count} of ${all} orders were decided after one that had arrived later, by ${by} at most.`,
      }),
    waited: (half: string, p99: string, slowest: string) =>
      `From arrival to decision: half within ${half}, 99 of 100 within ${p99}, the slowest ${slowest}.`,
    detail: 'Arrivals and decisions are timed by one clock, to the millisecond.',
    later: 'Available when the sale is over.',
    nothing: 'No order has a known time of arrival, so there is nothing to compare.',
  },

  faults: {
    title: 'What went wrong',
    none: 'Nothing. Redis and the database ran without a failure.',
    recoveries: 'Redis rebuilt',
    restored: 'Orders restored',
    revoked: 'Orders reversed',
    last: 'Last',
  },

  seal: {
    title: 'Fairness seal',
    detail: 'A checksum of all orders in their sequence. Changing any order changes the checksum.',
    later: 'Created once the sale is over and all orders are saved.',
    root: 'Checksum',
    claims: 'Orders',
    sealedAt: 'Sealed',
    version: 'Version',
    invariants: 'Consistency checks',
    allHold: 'all passed',
    broken: 'Stock and orders do not match, so the sale is not sealed. Failed checks:',
    leaves: 'All orders, without names',
    check: 'To verify it yourself, use the verifier from the shop’s repository:',
  },

  counted: (duration: string) =>
    `Each server saves its counts every ${duration}. If a server crashes, its latest refusals can be missing; orders never are.`,
};

export type ReportTexts = typeof english;
