import { pluralsOf } from './plural.ts';

const plural = pluralsOf('en');

/**
 * Every text of the pages, and the shape of the catalogues in other languages. Numbers, prices, dates and times come ready made
 * from formats.ts; where a form depends on a number, that comes too.
 */
export const english = {
  brand: 'Flipzon',
  pageTitle: (product: string, shop: string) => `${product} · ${shop} flash sale`,
  watching: (count: string) => `${count} watching`,
  signedInAs: 'Signed in as',
  signOut: 'Sign out',
  signOutEverywhere: 'Sign out on all devices',
  signIn: 'Sign in',
  connection: 'Connection',
  language: 'Language',
  board: 'Live board',
  shop: 'To the shop',
  pauseUpdates: 'Pause live updates',
  resumeUpdates: 'Resume live updates',

  eyebrow: {
    loading: 'Loading stock',
    noSale: 'No sale yet',
    scheduled: 'Opens on',
    countdown: 'Opens in',
    live: 'Live',
    sold_out: 'Sold out',
    paused: 'Paused',
    ended: 'Sale over',
    frozen: 'Updates paused',
    /** The page is not up to date. */
    stale: 'Last known',
  },
  noSaleDetail: 'No sale is scheduled. The next one will appear here automatically.',

  /** Above a sale that is not on the page yet. */
  preview: {
    title: 'Preview.',
    detail: 'Shoppers do not see this sale yet, and nothing can be bought here.',
  },
  product: { region: 'About this product' },

  leftOf: (quantity: string) => `left of ${quantity}`,
  unitsInAll: (count: number, quantity: string) =>
    plural(count, { one: `${quantity} unit in total`, other: `${quantity} units in total` }),
  unitsForSale: (count: number, quantity: string, price: string) =>
    plural(count, { one: `${quantity} unit at ${price}`, other: `${quantity} units at ${price}` }),
  left: (remaining: string, quantity: string) => `${remaining} of ${quantity} left`,
  ends: {
    on: (time: string) => `Ends ${time}`,
    in: (clock: string) => `Ends in ${clock}`,
  },
  noRefresh: 'Opens automatically. No need to refresh.',
  daysLeft: (days: number, count: string) => plural(days, { one: `${count} day`, other: `${count} days` }),
  utc: (time: string) => `${time} UTC`,
  lastKnown: 'last known count',
  asOf: (age: string) => `as of ${age} ago`,
  frozenAt: (time: string) => `Updates paused. Count as of ${time}.`,
  clockOff: (seconds: string) => `Your clock is ${seconds} s off; we use ours.`,

  simulated: {
    label: 'Simulated crowd',
    detail: 'This is a demonstration: the shoppers in this sale are simulated.',
  },

  curve: {
    since: (time: string) => `Units left, seen by this page since ${time}`,
  },

  /** What a shopper chooses from: sizes, colours, categories of seats. */
  variants: {
    legend: 'Options',
    one: 'Option',
    from: (price: string) => `from ${price}`,
    left: (_count: number, text: string) => `${text} left`,
    soldOut: 'Sold out',
    gone: (variant: string) => `${variant} is sold out.`,
    others: 'Choose another option, or wait here: it can be bought again if a unit comes back.',
  },

  button: {
    buy: (price: string, variant?: string) =>
      variant === undefined ? `Buy for ${price}` : `Buy ${variant} for ${price}`,
    choose: () => 'Choose an option',
    variant_sold_out: (_price: string, variant?: string) => `${variant} is sold out`,
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

  message: {
    live: (perCustomer: string) => ({
      title: 'First come, first served.',
      detail: `${perCustomer} per customer. Real stock, timed by the server’s clock.`,
    }),
    claiming: () => ({ title: 'Claiming…', detail: 'Sending your order…' }),
    unknown: () => ({
      title: 'Checking your claim…',
      detail: 'No answer yet. Retrying; this never places a second order.',
    }),
    unavailable: () => ({
      title: 'Checkout is briefly unavailable.',
      detail: 'Your attempt is saved; retrying.',
    }),
    /** Nothing was pressed yet, so there is no attempt to keep. */
    unavailable_to_all: () => ({
      title: 'Checkout is briefly unavailable.',
      detail: 'The Buy button will return automatically.',
    }),
    lost: (variant?: string) => ({
      title: `${variant === undefined ? 'Sold' : `${variant} sold`} out before your click reached us.`,
      detail: '',
    }),
    lostTimes: (arrived: string, last: string) =>
      `Your click reached the shop at ${arrived}. The last unit was claimed at ${last}.`,
    /** After the above, where the press arrived before the last claim was made. */
    lostClosely:
      'Clicks that arrive almost together are processed one at a time. The report shows how far this differed from the order of arrival.',
    sold_out: () => ({
      title: 'Every unit is sold.',
      detail: 'If a unit becomes available again, the Buy button will return.',
    }),
    soldOutIn: (duration: string) => `Sold out ${duration} after opening.`,
    rate_limited: (seconds: string) => ({
      title: `Try again in ${seconds} s.`,
      detail: 'Too many clicks. The Buy button will return automatically.',
    }),
    too_early: () => ({
      title: 'The sale is not open yet.',
      detail: 'Your countdown has been corrected. The sale opens automatically.',
    }),
    paused: (reason: string | null) => ({
      title: 'The sale is paused.',
      detail: reason ?? 'It will resume here automatically.',
    }),
    ended: (reason: string | null) => ({
      title: 'The sale is over.',
      detail: reason ?? 'Thank you for coming.',
    }),
    reconnecting: () => ({
      title: 'Connection lost. Reconnecting…',
      detail: 'You can buy again once connected. Clicks made now are not saved.',
    }),
    connecting: () => ({
      title: 'Connecting…',
      detail: 'You can buy once connected. Clicks made now are not saved.',
    }),
    /** There is no socket; requests are answered. */
    polling: () => ({
      title: 'No live connection: the count updates every few seconds.',
      detail: 'You can buy as usual.',
    }),
    blocked: () => ({
      title: 'The shop has blocked this account.',
      detail: 'You cannot buy; contact the shop to ask why. Your orders are under My orders.',
    }),
    boughtBefore: (unit: string) => `You bought unit ${unit} in the previous sale. It is under My orders.`,
    offline: () => ({
      title: 'You are offline.',
      detail: 'You can buy again once you are online. Clicks made now are not saved.',
    }),
    revoked: (unit: string) => ({
      title: `Your order for unit ${unit} was reversed.`,
      detail: 'A failure on our side lost it before it was saved. You have not been charged.',
    }),
    /** After the above, while the sale is not over. */
    revokedAgain: 'If a unit becomes available again, you can buy it here.',
    cancelled: (unit: string) => ({
      title: `The shop cancelled your order for unit ${unit}.`,
      detail: 'You cannot buy again in this sale. Contact the shop to ask why.',
    }),
    /** Before the above, while the sale is on. */
    cancelledOnSale: 'The unit is available to others again.',
    refused: () => ({
      title: 'Your order was not accepted.',
      detail: 'You have not been charged. Reload the page and try again.',
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
    confirmed: 'You got one. Order confirmed.',
    already: 'You already have one. Here is your order.',
    product: 'Product',
    print: 'See and print',
    number: 'Order',
    price: 'Price',
    claimedAt: 'Claimed',
    confirmedAt: 'Confirmed',
    pending: 'pending',
    units: 'Your units',
    ofYours: (held: string, most: string) => `${held} of ${most} bought`,
  },

  receipt: {
    download: 'Download receipt',
    show: 'Signed receipt',
    explained: 'Your purchase, signed by the shop. Anyone with the shop’s key can verify it.',
    elsewhere: 'The signed receipt is on the device you bought with.',
  },

  proof: {
    failed: 'The proof could not be loaded. Try again.',
    report: 'Sale report',
  },

  orders: {
    title: 'My orders',
    open: 'My orders',
    close: 'Close',
    total: (purchases: number, count: string) =>
      plural(purchases, { one: `${count} purchase in total`, other: `${count} purchases in total` }),
    none: 'No orders yet.',
    loading: 'Loading your orders…',
    failed: 'Your orders could not be loaded.',
    again: 'Try again',
    status: {
      claimed: 'Confirming',
      held: 'Waiting for payment',
      confirmed: 'Confirmed',
      expired: 'Not paid in time',
      released: 'Given up',
      revoked: 'Reversed',
      cancelled: 'Cancelled',
    },
  },

  reminder: {
    calendar: 'Add to calendar',
    remind: 'Remind me',
    set: 'Reminder set',
    kept: (time: string) => `We will remind you ${time} before the sale opens, if this page is still open.`,
    blocked:
      'No reminder is set: your browser blocks notifications from this page. Allow them, or add the sale to your calendar.',
    /** In the calendar entry. */
    event: (product: string, shop: string) => `${product}: ${shop} flash sale opens`,
    description: (offer: string) => `${offer}. First come, first served.`,
    soon: (product: string, duration: string) => `${product} opens in ${duration}`,
    soonDetail: 'Return to the page. It opens automatically.',
    open: (product: string) => `${product}: the sale is open`,
  },

  drawFailed: {
    title: 'This page could not be displayed.',
    detail: 'Reload it. Your orders are safe.',
    reload: 'Reload',
  },

  notFound: {
    title: 'Page not found',
    detail: 'The sale is on the shop page.',
  },

  spoken: {
    open: 'The sale is open',
    connectedAgain: 'Reconnected',
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

  footer: 'Real stock, no artificial scarcity, and a countdown timed by the server’s clock.',
};

export type Texts = typeof english;
