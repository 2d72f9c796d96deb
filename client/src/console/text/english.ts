import { pluralsOf } from '../../text/plural.ts';
import { englishAhead } from './english-ahead.ts';
import { englishFigures } from './english-figures.ts';

const plural = pluralsOf('en');

/** Every text of the console, and the shape of its catalogues in other languages. In a separate chunk, so that no shopper loads it. */
export const english = {
  title: 'Console',
  pageTitle: (product: string) => `${product} · Flipzon console`,
  parts: 'Console sections',
  part: { setup: 'Sales', control: 'Control', watch: 'Live', after: 'Results' },
  close: 'Close',
  loading: 'Loading…',
  none: '–',

  signIn: {
    title: 'Sign in as an operator',
    detail: 'All changes made here are logged under the operator’s name.',
    field: 'Operator ID',
    token: 'Operator’s token',
    tokenDetail: 'Paste the token from your identity provider.',
    tokenRefused: 'This is not a token.',
    forbidden: (name: string) => `${name} is not an operator of this shop.`,
  },

  strip: {
    label: 'Current sale',
    none: 'There is no sale yet.',
    noneDetail: 'Create one under Sales.',
    opens: (time: string) => `Opens ${time}`,
    opensIn: 'Opens in',
    opened: (time: string) => `Opened ${time}`,
    ends: (time: string) => `Ends ${time}`,
    ended: (time: string) => `Ended ${time}`,
    left: 'Left',
    leftOf: (quantity: string) => `of ${quantity}`,
    gone: 'Sold',
    orders: 'Orders',
    watching: 'Connected',
    version: (version: string) => `Version ${version}`,
  },
  status: {
    scheduled: 'Scheduled',
    live: 'Live',
    paused: 'Paused',
    sold_out: 'Sold out',
    ended: 'Ended',
    called_off: 'Cancelled',
    planned: 'Planned',
  },

  invariantStatus: {
    label: 'Consistency checks',
    good: 'Stock and orders match',
    behind: (count: number, text: string) =>
      plural(count, {
        one: `Stock and orders match; ${text} order pending`,
        other: `Stock and orders match; ${text} orders pending`,
      }),
    bad: 'Mismatch: stop and check',
    unknown: 'Unknown, no data',
    stock: 'Left + sold = quantity',
    orders: 'Sold = orders',
    duplicates: 'Duplicates',
    counted: (age: string) => `Counted ${age} ago`,
    writerBehind: (count: number, text: string) =>
      plural(count, { one: `${text} order pending`, other: `${text} orders pending` }),
    spoken: {
      good: 'Stock and orders match.',
      bad: 'Stock and orders do not match.',
      unknown: 'Consistency checks: no data.',
    },
  },

  control: {
    title: 'Manage sale',
    detail: 'Changes apply immediately for everyone.',
    over: 'The sale is over. Create the next one under Sales.',
    facts: {
      opens: 'Opens',
      ends: 'Ends',
      never: 'when sold out or ended',
      quantity: 'Units',
      perCustomer: 'Per customer',
      price: 'Price',
      id: 'Sale',
    },
    action: {
      open: 'Open now',
      pause: 'Pause',
      resume: 'Resume',
      move: 'Reschedule',
      restock: 'Restock',
      end: 'End',
      cancel: 'Cancel an order',
      start: 'Start',
      plan: 'Plan',
      activate: 'Publish',
      drop: 'Delete plan',
    },
    explain: {
      open: 'The sale opens immediately. Every countdown jumps to zero.',
      pause: 'Buying stops until you resume. Orders stay valid, and everyone sees your reason.',
      resume: 'Buying resumes immediately.',
      move: 'Every countdown updates immediately.',
      restock: 'The added units go on sale immediately. A sold-out sale continues.',
      end: 'Buying stops for good. An ended sale cannot be reopened.',
      cancel:
        'The unit goes back on sale immediately. The customer is notified and cannot buy again in this sale.',
      start: 'This replaces the current sale, which ends for good. Its orders stay valid.',
      drop: 'This removes it from the list for all operators. No shopper has seen it.',
    },
    reason: 'Reason (public)',
    logReason: 'Reason (for the activity log)',
    reasonHint: 'For example: we are checking a payment provider.',
    units: 'Units to add',
    order: 'Order number',
    orderHint: 'From the list of orders under Results.',
    confirm: (word: string) => `Type ${word} to confirm`,
    confirmWrong: (word: string) => `Type ${word} exactly as shown.`,
    busy: 'Working…',
    done: {
      open: 'The sale is open.',
      pause: 'The sale is paused.',
      resume: 'The sale has resumed.',
      move: 'The sale is rescheduled.',
      restock: 'The new units are on sale.',
      end: 'The sale has ended.',
      cancel: 'The order is cancelled. Its unit is back on sale.',
      start: 'The new sale is published.',
      plan: 'The sale is planned.',
      activate: 'The planned sale is published.',
      drop: 'The plan is deleted.',
    },
    notDone: {
      unreachable:
        'No answer from the shop. Check Activity to see whether the change was made, then try again.',
      unavailable: 'Temporarily unavailable; nothing was changed. Try again in a moment.',
      forbidden: 'This account has no operator rights.',
      not_found:
        'Sale or order not found, or the order is not confirmed yet. Check the number and try again.',
      invalid_request: 'The values are not valid. Check them and try again.',
      conflict: 'Another operator is changing this sale. Try again in a moment.',
      rehearsal_running: 'Another rehearsal is running. Wait until it ends, or stop it.',
      sale_too_near: 'A sale is live or opens within 30 minutes. Try again after it.',
      redis_unsafe:
        'Redis could lose sold units with its current settings, so real sales cannot start. Preflight shows what to change.',
      database_full:
        'FerretDB has reached its limit of orders. Use MongoDB, or an empty DATA_DIR for more trials.',
      no_rehearsals: 'This shop does not run rehearsals.',
      other: 'The shop rejected the change. Check the sale and try again.',
    },
  },

  conflict: {
    title: 'The sale has changed',
    detail: 'Nothing was done, because you were looking at an older version. Changes since then:',
    unknown: 'The changes are no longer on record. This is the current sale.',
    retry: 'Apply to the current version',
  },

  customers: {
    title: 'Block a customer',
    detail: 'A blocked customer cannot buy. Their existing orders stay valid until you cancel them.',
    customer: 'Customer',
    customerMissing: 'Enter the customer ID, as shown in the list of orders.',
    block: 'Block',
    unblock: 'Unblock',
    done: {
      block: (customer: string) => `${customer} is blocked.`,
      unblock: (customer: string) => `${customer} can buy again.`,
    },
  },

  log: {
    title: 'Activity',
    empty: 'No activity yet.',
    failed: 'The activity could not be loaded.',
    more: 'Show older',
    begun: 'started, result unknown',
    action: {
      start: 'created the sale',
      replace: 'replaced it with a newer one',
      pause: 'paused',
      resume: 'resumed',
      end: 'ended the sale',
      restock: 'restocked',
      reschedule: 'rescheduled the sale',
      cancel: 'cancelled an order',
      plan: 'planned a sale',
      unplan: 'deleted a planned sale',
      rehearse: 'started a dress rehearsal',
      stop_rehearsal: 'stopped the rehearsal',
      block: 'blocked a customer',
      unblock: 'unblocked a customer',
    },
    field: {
      quantity: 'Units',
      shoppers: 'Shoppers',
      startsAt: 'Opens',
      endsAt: 'Ends',
      paused: 'Paused',
      reason: 'Reason',
      status: 'Order',
      name: 'Product',
      price: 'Price',
      perCustomer: 'Per customer',
      simulated: 'Simulated crowd',
      blocked: 'Blocked',
    } as Record<string, string>,
    yes: 'yes',
    no: 'no',
    from: (before: string, after: string) => `${before} → ${after}`,
  },

  setup: {
    title: 'New sale',
    name: 'Product',
    price: 'Price',
    currency: 'Currency',
    quantity: 'Units',
    perCustomer: 'Units per customer',
    when: 'Opens',
    at: { time: 'At a set time', now: 'Immediately' },
    zone: 'Time zone',
    opensAt: 'Opening',
    hasEnd: 'Ends at a set time',
    endsAt: 'End',
    simulated: 'Simulated crowd',
    simulatedDetail: 'For a demonstration. Every page shows a notice.',
    submit: 'Publish sale',
    submitNow: 'Open sale now',
    purpose: 'Publishing',
    purposes: { page: 'Publish now', plan: 'Schedule for later' },
    purposeDetail: {
      page: 'Replaces the current sale.',
      plan: 'Adds it to the planned sales.',
    },
    submitPlan: 'Schedule sale',
    wrong: {
      name: 'Enter a name of 1 to 120 characters.',
      price: (decimals: number, count: string) =>
        decimals === 0
          ? 'Enter a whole number of 0 or more.'
          : `Enter a price of 0 or more with at most ${count} decimals.`,
      quantity: 'Enter a whole number from 1 to 10,000,000.',
      perCustomer: 'Enter a whole number from 1 to 10.',
      opensAt: 'Enter a date and a time.',
      past: 'This time is in the past.',
      gap: (zone: string) => `This time does not exist in ${zone}: the clocks skip it when they go forward.`,
      endsAt: 'The end must be after the opening.',
    },
    twice: 'This time occurs twice, because the clocks go back.',
    twiceFirst: 'First occurrence',
    twiceSecond: 'Second occurrence',
  },

  preview: {
    title: 'Preview',
    now: 'The sale opens as soon as you confirm.',
    incomplete: 'Choose an opening time to see the preview.',
    sale: 'Sale’s time zone',
    yours: 'Your time zone',
    utc: 'UTC',
    from: 'Opens in',
    lasts: 'Duration',
    forward: (when: string, zone: string, by: string) =>
      `Clocks in ${zone} go forward by ${by} on ${when}, before the sale opens.`,
    backward: (when: string, zone: string, by: string) =>
      `Clocks in ${zone} go back by ${by} on ${when}, before the sale opens.`,
    offer: (units: string, name: string, price: string) => `${units} × ${name} at ${price}`,
    each: (count: number, text: string) =>
      plural(count, { one: `${text} for each customer`, other: `up to ${text} for each customer` }),
  },

  preflight: {
    title: 'Preflight',
    detail: 'Checks to pass before a sale opens.',
    good: 'Ready to sell',
    bad: (count: number, text: string) =>
      plural(count, { one: `Not ready: ${text} problem`, other: `Not ready: ${text} problems` }),
    ok: 'OK',
    notOk: 'problem',
    idle: 'not needed now',
    idleGood: 'No problems; no sale is scheduled',
    details: 'Details',
    run: 'Check again',
    running: 'Checking…',
    failed: 'The checks could not be run. Try again.',
    at: (time: string) => `Checked at ${time}`,
  },

  ...englishAhead,
  ...englishFigures,
};

export type ConsoleTexts = typeof english;
