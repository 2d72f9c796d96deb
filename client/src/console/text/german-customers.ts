import { pluralsOf } from '../../text/plural.ts';
import type { ConsoleTexts } from './english.ts';

const plural = pluralsOf('de');

/** The texts about customers, their orders and the filter of the activity. */
export const germanCustomers: Pick<ConsoleTexts, 'logFilter' | 'shoppers' | 'presale'> = {
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
    noneBlocked: 'Kein Kunde ist gesperrt.',
  },
  presale: {
    who: 'Wer darf kaufen',
    kinds: { none: 'Alle', minutes: 'Zuerst mit Zugangscode, dann alle', end: 'Nur mit Zugangscode' },
    minutes: 'Minuten mit Codes',
    minutesWrong: 'Geben Sie eine ganze Zahl von 1 bis 525.600 ein.',
    title: 'Zugangscodes',
    detail:
      'Mit jedem Code kann ein Kunde in diesem Verkauf kaufen. Der Shop speichert nur Prüfsummen: Sie erhalten die Codes einmal, wenn sie erzeugt werden.',
    issued: 'Ausgegeben',
    redeemed: 'Eingelöst',
    revokedCount: 'Widerrufen',
    count: 'Anzahl neuer Codes',
    countWrong: 'Geben Sie eine ganze Zahl von 1 bis 10.000 ein.',
    generate: 'Erzeugen und herunterladen',
    generated: (count, text) =>
      plural(count, {
        one: `${text} Code wurde erzeugt und heruntergeladen.`,
        other: `${text} Codes wurden erzeugt und heruntergeladen.`,
      }),
    variant: 'Nur für',
    anyVariant: 'Alle Varianten',
    import: 'Datei importieren',
    importDetail:
      'CSV oder Text, ein Code in jeder Zeile; nach einem Komma die SKU der Variante, für die er gilt.',
    imported: (imported, duplicates, invalid) =>
      `${imported} importiert, ${duplicates} doppelt, ${invalid} ungültig.`,
    notImported: (lines) => `Nicht importiert: Zeilen ${lines}.`,
    code: 'Code zum Widerrufen',
    revoke: 'Widerrufen',
    revoked: 'Der Code ist widerrufen.',
    failed: 'Das hat nicht geklappt. Versuchen Sie es noch einmal.',
    refused: {
      conflict:
        'Die Grenze ist erreicht, oder der Code ist schon eingelöst. Sperren Sie den Kunden, damit er nicht kauft.',
      not_found: 'Diesen Code gibt es in diesem Verkauf nicht. Prüfen Sie ihn.',
      payload_too_large: 'Die Datei ist zu lang.',
    },
  },
};
