import { pluralsOf } from './plural.ts';

const plural = pluralsOf('en');

/**
 * Every text of the pages, and the shape of the catalogues in other languages. Numbers, prices, dates and times come ready made
 * from formats.ts; where a form depends on a number, that comes too.
 */
export const english = {
  brand: 'Flipzon',
  pageTitle: (product: string) => `${product} · Flipzon flash sale`,
  watching: (count: string) => `${count} watching`,
  signedInAs: 'Signed in as',
  signOut: 'Sign out',
  signIn: 'Sign in',
  connection: 'Connection',
  language: 'Language',
  board: 'Live board',
  shop: 'To the shop',
  pauseUpdates: 'Pause live updates',
  resumeUpdates: 'Resume live updates',

  eyebrow: {
    loading: 'Getting the stock',
    noSale: 'No sale yet',
    scheduled: 'Opens on',
    countdown: 'Opens in',
    live: 'Live',
    sold_out: 'Sold out',
    paused: 'Paused',
    ended: 'Sale over',
    held: 'Updates paused',
    /** What is shown is not of this moment. */
    stale: 'Last known',
  },
  noSaleDetail: 'Nothing is planned yet. The next sale shows up here by itself.',

  leftOf: (quantity: string) => `left of ${quantity}`,
  unitsInAll: (count: number, quantity: string) =>
    plural(count, { one: `${quantity} unit in all`, other: `${quantity} units in all` }),
  unitsForSale: (count: number, quantity: string, price: string) =>
    plural(count, { one: `${quantity} unit at ${price}`, other: `${quantity} units at ${price}` }),
  left: (remaining: string, quantity: string) => `${remaining} of ${quantity} left`,
  ends: {
    on: (time: string) => `Ends ${time}`,
    in: (clock: string) => `Ends in ${clock}`,
  },
  noRefresh: 'No need to refresh: it opens by itself.',
  daysLeft: (days: number, count: string) => plural(days, { one: `${count} day`, other: `${count} days` }),
  utc: (time: string) => `${time} UTC`,
  lastKnown: 'the last count that was known',
  asOf: (age: string) => `as of ${age} ago`,
  heldAt: (time: string) => `Updates are paused; this is as of ${time}.`,
  clockOff: (seconds: string) => `Your clock is ${seconds} s off; we use ours.`,

  simulated: {
    label: 'Simulated crowd',
    detail: 'The shoppers in this sale are a program, for a demonstration.',
  },

  curve: {
    since: (time: string) => `Units left, as this page has seen it since ${time}`,
  },

  button: {
    buy: (price: string) => `Buy for ${price}`,
    buy_another: () => 'Buy another',
    sign_in: () => 'Sign in to buy',
    claiming: () => 'Claiming…',
    checking: () => 'Checking…',
    confirming: () => 'Confirming…',
    wait: () => 'One moment…',
    sold_out: () => 'Sold out',
    paused: () => 'Paused',
    ended: () => 'Sale over',
  },

  signInForm: {
    title: 'Sign in to buy',
    expired: 'Your session has ended. Sign in again; the sale goes on here meanwhile.',
    demo: 'This is a demo shop: any name works.',
    field: 'Customer ID',
    submit: 'Sign in',
    busy: 'Signing in…',
    close: 'Just watch',
    refused: {
      elsewhere: 'This shop signs customers in elsewhere. Sign in there first, then come back to this page.',
      invalid: 'That is not a customer ID we can use.',
      too_many: 'Too many tries. Wait a moment, then try again.',
      unreachable: 'Signing in did not work just now. Try again.',
    },
  },

  message: {
    live: (perCustomer: string) => ({
      title: 'First come, first served.',
      detail: `${perCustomer} per customer. Real stock, on the server’s clock.`,
    }),
    claiming: () => ({ title: 'Claiming…', detail: 'Your press is on its way.' }),
    unknown: () => ({
      title: 'Checking your claim…',
      detail: 'No answer yet. We are asking again, and never claim twice.',
    }),
    unavailable: () => ({
      title: 'The till is being checked; your place is safe.',
      detail: 'We ask again by ourselves. There is nothing to do.',
    }),
    /** Nothing was pressed yet, so there is no place to keep. */
    unavailable_to_all: () => ({
      title: 'The till is being checked.',
      detail: 'Nobody can buy meanwhile. Buy comes back here by itself.',
    }),
    lost: () => ({ title: 'Sold out before your click reached us.', detail: '' }),
    lostTimes: (arrived: string, last: string) =>
      `Your press reached the shop at ${arrived}. The last unit was claimed at ${last}.`,
    /** After the above, where the press arrived before the last claim was made. */
    lostClosely:
      'Presses that arrive almost together are decided one after another. The report shows how far that differed from their order of arrival.',
    sold_out: () => ({
      title: 'Every unit has gone.',
      detail: 'Stay here: if one comes back, Buy comes back too.',
    }),
    soldOutIn: (duration: string) => `All gone ${duration} after opening.`,
    rate_limited: (seconds: string) => ({
      title: `Try again in ${seconds} s.`,
      detail: 'That was a lot of presses. Buy comes back by itself.',
    }),
    too_early: () => ({
      title: 'A moment too early.',
      detail: 'The server has not opened the sale yet. We have set the clock again.',
    }),
    paused: (reason: string | null) => ({
      title: 'The sale is paused.',
      detail: reason ?? 'It goes on here by itself.',
    }),
    ended: (reason: string | null) => ({
      title: 'The sale is over.',
      detail: reason ?? 'Thank you for coming.',
    }),
    reconnecting: () => ({
      title: 'Connection lost. Reconnecting…',
      detail: 'Buy is back as soon as we are. No press is kept for later.',
    }),
    connecting: () => ({
      title: 'Connecting…',
      detail: 'Buy comes alive as soon as we are connected. No press is kept for later.',
    }),
    /** There is no socket; requests are answered. */
    polling: () => ({
      title: 'No live connection: the count updates every few seconds.',
      detail: 'You can buy as usual.',
    }),
    blocked: () => ({
      title: 'The shop has blocked this account.',
      detail: 'You cannot buy; ask the shop if you do not know why. Your orders are under My orders.',
    }),
    boughtBefore: (unit: string) =>
      `Unit ${unit} of the previous sale is yours. You will find it under My orders.`,
    offline: () => ({
      title: 'You are offline.',
      detail: 'Buy is blocked until your network is back. No press is kept for later.',
    }),
    revoked: (unit: string) => ({
      title: `Your claim on unit ${unit} was taken back.`,
      detail: 'A failure on our side lost it before it was on record. You have not been charged.',
    }),
    /** After the above, while the sale is not over. */
    revokedAgain: 'If a unit comes back on sale, you can buy it here.',
    cancelled: (unit: string) => ({
      title: `Your order of unit ${unit} was cancelled by the shop.`,
      detail: 'You cannot buy again in this sale; if you do not know why, ask the shop.',
    }),
    /** Before the above, while the sale is on. */
    cancelledOnSale: 'The unit is back on sale for others.',
    refused: () => ({
      title: 'That did not work.',
      detail: 'The shop refused this purchase. You have not been charged.',
    }),
    accountTooNew: () => ({
      title: 'This account is too new for this sale.',
      detail: 'Only accounts created before the sale was announced can buy in it.',
    }),
    forbidden: () => ({ title: 'This account cannot buy.', detail: 'Sign in as a customer.' }),
  },

  order: {
    region: 'Your order',
    unit: 'Unit',
    claimed: 'Yours. Confirming…',
    confirmed: 'Confirmed, and on record.',
    already: 'You already have one. Here it is.',
    number: 'Order',
    price: 'Price',
    claimedAt: 'Claimed',
    confirmedAt: 'Confirmed',
    pending: 'in a moment',
    units: 'Your units',
    ofYours: (held: string, most: string) => `${held} of ${most} yours`,
  },

  receipt: {
    download: 'Download receipt',
    show: 'Signed receipt',
    explained: 'The shop’s signature over your claim. Anyone with the shop’s key can check it.',
    elsewhere: 'The signed receipt is on the device that you bought with.',
  },

  proof: {
    check: 'Check the seal',
    checking: 'Checking…',
    holds: (claim: string, all: string) => `In the seal: claim ${claim} of ${all}. Checked on this device.`,
    notYet: 'Not sealed yet. That comes once the sale is over and all its orders are written.',
    broken: 'This proof does not hold. Keep it, and ask the shop.',
    failed: 'The proof cannot be loaded just now.',
    unsupported: 'This browser can check it only over a secure connection (https).',
    save: 'Save the proof',
    report: 'Sale report',
  },

  orders: {
    title: 'My orders',
    open: 'My orders',
    close: 'Close',
    total: (purchases: number, count: string) =>
      plural(purchases, { one: `${count} purchase in all`, other: `${count} purchases in all` }),
    none: 'No orders yet.',
    loading: 'Getting your orders…',
    failed: 'Your orders cannot be loaded just now.',
    again: 'Try again',
    status: { claimed: 'Confirming', confirmed: 'Confirmed', revoked: 'Taken back', cancelled: 'Cancelled' },
  },

  reminder: {
    calendar: 'Add to calendar',
    remind: 'Remind me',
    set: 'Reminder is set',
    kept: (time: string) => `We remind you ${time} before the opening, while this page is open.`,
    blocked:
      'No reminder is set: your browser does not allow notifications from this page. Allow them, or add the opening to your calendar.',
    /** In the calendar entry. */
    event: (product: string) => `${product}: Flipzon flash sale opens`,
    description: (offer: string) => `${offer}. First come, first served.`,
    soon: (product: string, duration: string) => `${product} opens in ${duration}`,
    soonDetail: 'Come back to the page: it opens by itself.',
    open: (product: string) => `${product}: the sale is open`,
  },

  boardPage: {
    title: (product: string) => `${product} · Flipzon live board`,
    sold: 'Gone',
    spectators: 'Watching',
    rate: 'Claims a second',
    rateOver: (duration: string) => `over the last ${duration}`,
    last: 'Last units gone',
    none: 'None yet that this page knows of.',
    unit: (unit: string) => `Unit ${unit}`,
  },

  drawFailed: {
    title: 'This page cannot be shown.',
    detail: 'Reload it. Your orders are safe with the shop.',
    reload: 'Reload',
  },

  notFound: {
    title: 'There is nothing at this address.',
    detail: 'The sale is on the shop’s own page.',
  },

  spoken: {
    open: 'The sale is open',
    connectedAgain: 'Connected again',
    buyAgain: 'You can buy again',
    claimed: (unit: string) => `Unit ${unit} is yours. Confirming…`,
    confirmed: (unit: string) => `Unit ${unit} is confirmed.`,
    already: (unit: string) => `You already have unit ${unit}.`,
    opensIn: {
      600: 'Opens in 10 minutes',
      300: 'Opens in 5 minutes',
      60: 'Opens in 1 minute',
      10: 'Opens in 10 seconds',
    },
    endsIn: { 300: 'The sale ends in 5 minutes', 60: 'The sale ends in 1 minute' },
    stock: (percent: string, remaining: number, count: string) =>
      plural(remaining, {
        one: `${percent} left: ${count} unit`,
        other: `${percent} left: ${count} units`,
      }),
  },

  footer:
    'What you see is what there is: real stock, no pretended scarcity, and a countdown on the server’s clock.',
};

export type Texts = typeof english;
