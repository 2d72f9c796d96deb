import { pluralsOf } from '../../text/plural.ts';

const plural = pluralsOf('en');

export const english = {
  title: (product: string) => `How the sale of ${product} went`,
  heading: 'Sale report',
  loading: 'Getting the report…',
  failed: 'The report cannot be loaded just now.',
  again: 'Try again',
  notFound: 'There is no such sale.',
  ongoing: (time: string) => `Not over yet: figures as of ${time}. They update by themselves.`,
  settling: 'The sale is over. Its last orders are being written, then it is sealed.',
  opened: (time: string) => `Opened ${time}`,
  opens: (time: string) => `Opens ${time}`,
  ended: (time: string) => `Ended ${time}`,
  neverOpened: (time: string) => `Ended ${time}, before it opened`,
  reason: (reason: string) => `The shop says: ${reason}`,

  soldOf: (quantity: string) => `of ${quantity} sold`,
  allGone: (duration: string) => `All gone ${duration} after the opening.`,
  asked: 'Buys answered',
  price: 'Price',
  perCustomer: 'Each customer',
  atMost: (count: string) => `at most ${count}`,
  cancelled: 'Cancelled',
  revoked: 'Taken back',

  answers: {
    title: 'How buys were answered',
    detail:
      'Each unit counts once. The same request asked again gets the same answer and is counted separately.',
    none: 'Nobody has asked yet.',
    nobody: 'Nobody asked to buy.',
    claimed: 'Got a unit',
    replayed: 'Asked again, same answer',
    sold_out: 'Sold out',
    already_purchased: 'Already bought',
    sale_not_active: 'Not open',
    too_many_requests: 'Too many presses',
    unavailable: 'Not now, ask again',
    other: 'Other refusals',
  },

  latency: {
    title: 'How long answers took',
    detail: 'From a buy reaching a server to its answer. Percentiles are at most a quarter too high.',
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
        one: 'The one claim was decided in the order of arrival.',
        other: `All ${count} claims were decided in the order in which they arrived.`,
      }),
    overtaken: (overtaken: number, count: string, all: string, by: string) =>
      plural(overtaken, {
        one: `${count} of ${all} claims was decided after one that had arrived later, by ${by} at most.`,
        other: `${count} of ${all} claims were decided after one that had arrived later, by ${by} at most.`,
      }),
    waited: (half: string, p99: string, slowest: string) =>
      `From arrival to decision: half within ${half}, 99 of 100 within ${p99}, the slowest ${slowest}.`,
    detail: 'Arrivals and decisions are timed by one clock, to the millisecond.',
    later: 'Worked out when the sale is over.',
    nothing: 'No claim has a known time of arrival, so there is nothing to compare.',
  },

  faults: {
    title: 'What went wrong',
    none: 'Nothing: the stores ran from beginning to end.',
    recoveries: 'Redis rebuilt',
    restored: 'Claims brought back',
    revoked: 'Claims taken back',
    last: 'Last',
  },

  seal: {
    title: 'The seal',
    detail: 'One number over every claim, in their order. Changing a single one would change it.',
    later: 'Made once the sale is over and all its orders are written.',
    root: 'Root',
    claims: 'Claims',
    sealedAt: 'Sealed',
    version: 'Version',
    invariants: 'Invariants',
    allHold: 'all hold',
    broken: 'The orders do not add up, so the sale is not sealed. What does not hold:',
    leaves: 'All claims, without names',
    check: 'To check it yourself, with the verifier from the shop’s repository:',
  },

  counted: (duration: string) =>
    `Answers are counted on each server and written every ${duration}: if a server is killed, its refusals since the last write can be missing. No order ever is.`,
};

export type ReportTexts = typeof english;
