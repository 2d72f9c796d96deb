import { pluralsOf } from '../../text/plural.ts';

const plural = pluralsOf('en');

/** The texts about what is to come. */
export const englishAhead = {
  plans: {
    title: 'Planned sales',
    detail:
      'The next one takes the page by itself: up to an hour before its opening if the current sale has ended, or at its opening if the current sale is sold out. You can put any of them there earlier.',
    none: 'No sale is planned.',
    failed: 'The plans cannot be loaded just now.',
    in: (span: string) => `${span} from now`,
    terms: (units: string, price: string) => `${units} units at ${price}`,
    by: (name: string) => `planned by ${name}`,
    missed: 'It missed its opening and waits for you: it opens as soon as you put it on the page.',
    over: 'Its end has passed while it waited.',
    waiting: (count: number, text: string) =>
      plural(count, { one: `${text} planned sale in Set up`, other: `${text} planned sales in Set up` }),
  },

  final: { end: 'end', cancel: 'cancel' },
  automatically: 'The shop, automatically,',
  next: {
    none: 'No planned sale follows by itself.',
    soon: (name: string, time: string) => `Then ${name} takes the page by itself. It opens ${time}.`,
    later: (name: string, time: string) =>
      `Then ${name} is next. It opens ${time}, and takes the page an hour before that.`,
    missed: (name: string) => `${name} missed its opening and waits for you.`,
    replaced: (name: string) => `This ends ${name}.`,
  },

  rehearsal: {
    title: 'Dress rehearsal',
    detail:
      'A whole sale that nobody else sees, with a simulated crowd. On the way a node, Redis and the database are killed; it ends with a certificate.',
    explain:
      'It runs beside the shop and behind everything else there. The sale on the page is not touched, and when one is about to open the rehearsal is broken off.',
    unavailable: 'This shop does not start rehearsals. Use npm run rehearse in the repository.',
    obstacle: {
      rehearsal_running: 'One at a time: the next can begin when this one has ended.',
      sale_too_near: 'None can begin while a sale is on, or opens within half an hour.',
    },
    none: 'None has been held yet.',
    failed: 'The rehearsals cannot be loaded just now.',
    begin: 'Rehearse',
    breakOff: 'Break it off',
    outcome: 'Outcome',
    steps: 'What has happened so far',
    size: { shoppers: 'Shoppers', quantity: 'Units', spreadS: 'Seconds of pressing', nodes: 'Nodes' },
    wrong: (least: string, most: string) => `A whole number from ${least} to ${most}.`,
    services: 'On which services',
    service: { private: 'Its own services', shared: 'The shop’s services' },
    serviceDetail: {
      private: 'A Redis and a database of its own, on this machine. Both are killed.',
      shared: 'Its own database there. Only its own nodes are killed.',
    },
    status: {
      running: 'Under way',
      held: 'Every promise held',
      broken: 'A promise was broken',
      stopped: 'No certificate',
    },
    why: {
      operator: 'An operator broke it off.',
      sale: 'A sale was about to open.',
      time: 'It took too long.',
      node: 'The node that ran it has ended.',
      fault: 'It could not be played.',
    },
    of: (shoppers: string, units: string) => `${shoppers} shoppers for ${units} units`,
    certificate: 'Certificate',
    asText: 'Download as text',
    asJson: 'Download as JSON',
    promises: 'Promises',
    faults: 'Faults on the way',
    fault: 'Fault',
    down: 'Down for',
    ready: 'All ready after',
    notInTime: 'not in time',
    notTried: 'not tried',
    answers: 'Answers, as the shoppers saw them',
    answer: { claimed: 'Got a unit', other: 'Anything else' },
    slowest: 'Slowest',
    seal: 'Sealed, root',
  },
};
