import { pluralsOf } from '../../text/plural.ts';
import type { englishAhead } from './english-ahead.ts';

const plural = pluralsOf('de');

export const germanAhead: typeof englishAhead = {
  plans: {
    title: 'Vorgemerkte Verkäufe',
    detail:
      'Der nächste kommt von selbst auf die Seite, wenn der Verkauf dort beendet ist und er innerhalb einer Stunde beginnt. Vorher können Sie jeden von ihnen selbst dorthin stellen.',
    none: 'Kein Verkauf ist vorgemerkt.',
    failed: 'Die vorgemerkten Verkäufe lassen sich gerade nicht laden.',
    in: (span) => `in ${span}`,
    terms: (units, price) => `${units} Stück zu je ${price}`,
    by: (name) => `vorgemerkt von ${name}`,
    missed: 'Sein Beginn ist beim Warten verstrichen: Er beginnt, sobald er auf der Seite steht.',
    over: 'Sein Ende ist beim Warten verstrichen.',
    activateOf: (name) => `${name} auf die Seite stellen`,
    dropOf: (name) => `Vormerkung von ${name} streichen`,
    waiting: (count, text) =>
      plural(count, {
        one: `${text} vorgemerkter Verkauf unter Planen`,
        other: `${text} vorgemerkte Verkäufe unter Planen`,
      }),
  },
};
