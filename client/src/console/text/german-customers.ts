import { pluralsOf } from '../../text/plural.ts';
import type { ConsoleTexts } from './english.ts';

const plural = pluralsOf('de');

/** The texts about customers, their orders and the filter of the activity. */
export const germanCustomers: Pick<ConsoleTexts, 'logFilter' | 'shoppers'> = {
  logFilter: {
    filter: 'Filtern',
    by: 'Betreiber',
    step: 'Schritt',
    anyStep: 'Alle Schritte',
    day: { from: 'Von', to: 'Bis einschließlich' },
    wrongDays: 'Der letzte Tag darf nicht vor dem ersten liegen.',
    apply: 'Anwenden',
    showAll: 'Alle anzeigen',
    noMatch: 'Keine passende Aktivität.',
  },
  shoppers: {
    search: 'Bestellungen finden',
    searchDetail:
      'Über alle Verkäufe. Geben Sie den Anfang einer Kunden-ID, eine Bestellnummer oder eine Bestell-ID ein.',
    searchFor: 'Kunde oder Bestellung',
    customer: (id) => `Kunde ${id}`,
    purchases: (count, text) =>
      plural(count, { one: `${text} Kauf insgesamt`, other: `${text} Käufe insgesamt` }),
    mayBuy: 'Dieser Kunde darf kaufen.',
    blockedBy: (by, at) => `Gesperrt von ${by} am ${at}.`,
    blocked: 'Gesperrte Kunden',
    by: (by, at) => `von ${by}, ${at}`,
    twoReadings: (grouped, plain) =>
      `Das lässt sich auf zwei Arten lesen. Wenn Sie ${grouped} meinen, geben Sie ${plain} ein.`,
    noneBlocked: 'Kein Kunde ist gesperrt.',
  },
};
