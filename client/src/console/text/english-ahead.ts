import { pluralsOf } from '../../text/plural.ts';

const plural = pluralsOf('en');

/** The texts about plans and rehearsals. */
export const englishAhead = {
  plans: {
    drafts: 'Drafts',
    edit: 'Edit',
    duplicate: 'Duplicate',
    preview: 'Preview',
    savedBy: (name: string) => `saved by ${name}`,
    title: 'Planned sales',
    detail:
      'The next one is published automatically: up to an hour before it opens if the current sale has ended, or when it opens if the current sale is sold out. You can publish any of them earlier.',
    none: 'No planned sales.',
    failed: 'The planned sales could not be loaded.',
    in: (span: string) => `opens in ${span}`,
    terms: (units: string, price: string) => `${units} units at ${price}`,
    by: (name: string) => `planned by ${name}`,
    missed: 'It missed its opening time. It opens as soon as you publish it.',
    over: 'Its end time has passed.',
    waiting: (count: number, text: string) =>
      plural(count, { one: `${text} planned sale under Sales`, other: `${text} planned sales under Sales` }),
  },

  final: { end: 'end', cancel: 'cancel' },
  automatically: 'The system',
  next: {
    none: 'No planned sale follows automatically.',
    soon: (name: string, time: string) => `${name} is published next, automatically. It opens ${time}.`,
    later: (name: string, time: string) =>
      `${name} is next. It opens ${time} and is published an hour before.`,
    missed: (name: string) => `${name} missed its opening time. Publish it to open it.`,
    replaced: (name: string) => `This ends ${name}.`,
  },

  rehearsal: {
    title: 'Dress rehearsal',
    detail:
      'A complete private sale with a simulated crowd. A node, Redis and the database are killed during it, and you get a certificate at the end.',
    explain:
      'It runs beside the shop with low priority and does not touch the current sale. It stops when a sale is about to open.',
    unavailable: 'This shop does not run rehearsals. Use npm run rehearse in the repository.',
    obstacle: {
      rehearsal_running: 'Only one rehearsal can run at a time.',
      sale_too_near: 'A rehearsal cannot start while a sale is live or opens within 30 minutes.',
    },
    none: 'No rehearsals yet.',
    failed: 'The rehearsals could not be loaded.',
    begin: 'Start rehearsal',
    breakOff: 'Stop rehearsal',
    outcome: 'Result',
    steps: 'Steps so far',
    size: { shoppers: 'Shoppers', quantity: 'Units', spreadS: 'Seconds of buying', nodes: 'Nodes' },
    wrong: (least: string, most: string) => `Enter a whole number from ${least} to ${most}.`,
    services: 'Services',
    service: { private: 'Separate services', shared: 'The shop’s services' },
    serviceDetail: {
      private: 'A separate Redis and database on this machine. Both are killed.',
      shared: 'A separate database on the shop’s services. Only the rehearsal’s nodes are killed.',
    },
    status: {
      running: 'Running',
      held: 'All promises kept',
      broken: 'A promise was broken',
      stopped: 'No certificate',
    },
    why: {
      operator: 'An operator stopped it.',
      sale: 'A sale was about to open.',
      time: 'It took too long.',
      node: 'The node that ran it shut down.',
      fault: 'It could not be run.',
    },
    of: (shoppers: string, units: string) => `${shoppers} shoppers for ${units} units`,
    certificate: 'Certificate',
    asText: 'Download as text',
    asJson: 'Download as JSON',
    promises: 'Promises',
    faults: 'Faults',
    fault: 'Fault',
    down: 'Down for',
    ready: 'All ready after',
    notInTime: 'not in time',
    notTried: 'not tried',
    answers: 'Answers as the shoppers saw them',
    answer: { claimed: 'Got a unit', other: 'Other answers' },
    slowest: 'Slowest',
    seal: 'Sealed, checksum',
  },
};
