import { pluralsOf } from '../../text/plural.ts';

const plural = pluralsOf('en');

/** The texts about what is to come. */
export const englishAhead = {
  plans: {
    title: 'Planned sales',
    detail:
      'The next one takes the page by itself, when the sale there has ended and it opens within the hour. Before that you can put any of them there.',
    none: 'No sale is planned.',
    failed: 'The plans cannot be loaded just now.',
    in: (span: string) => `${span} from now`,
    terms: (units: string, price: string) => `${units} units at ${price}`,
    by: (name: string) => `planned by ${name}`,
    missed: 'Its opening has passed while it waited: it opens as soon as it is on the page.',
    over: 'Its end has passed while it waited.',
    activateOf: (name: string) => `Put ${name} on the page`,
    dropOf: (name: string) => `Drop the plan of ${name}`,
    waiting: (count: number, text: string) =>
      plural(count, { one: `${text} planned sale in Set up`, other: `${text} planned sales in Set up` }),
  },
};
