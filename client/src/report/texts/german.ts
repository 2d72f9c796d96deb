import { pluralsOf } from '../../text/plural.ts';
import type { ReportTexts } from './english.ts';

const plural = pluralsOf('de');

export const german: ReportTexts = {
  title: (product) => `So lief der Verkauf: ${product}`,
  heading: 'Verkaufsbericht',
  loading: 'Der Bericht wird geladen …',
  failed: 'Der Bericht konnte nicht geladen werden.',
  again: 'Noch einmal versuchen',
  notFound: 'Verkauf nicht gefunden.',
  ongoing: (time) =>
    `Der Verkauf ist noch nicht vorbei. Stand ${time}; die Zahlen aktualisieren sich automatisch.`,
  settling: 'Der Verkauf ist vorbei. Die letzten Bestellungen werden gespeichert, dann wird er versiegelt.',
  opened: (time) => `Eröffnet am ${time}`,
  opens: (time) => `Beginnt am ${time}`,
  ended: (time) => `Beendet am ${time}`,
  neverOpened: (time) => `Beendet am ${time}, vor dem Beginn`,
  reason: (reason) => `Der Shop sagt dazu: ${reason}`,

  soldOf: (quantity) => `von ${quantity} verkauft`,
  allGone: (duration) => `Ausverkauft ${duration} nach dem Beginn.`,
  asked: 'Beantwortete Kaufanfragen',
  price: 'Preis',
  perCustomer: 'Je Kunde',
  atMost: (count) => `höchstens ${count}`,
  cancelled: 'Storniert',
  revoked: 'Rückgängig gemacht',

  variants: {
    title: 'Varianten',
    name: 'Variante',
    sold: 'Verkauft',
    of: (sold, quantity) => `${sold} von ${quantity}`,
  },

  answers: {
    title: 'Antworten auf Kaufanfragen',
    detail:
      'Jedes Stück zählt einmal. Eine wiederholte Anfrage bekommt dieselbe Antwort und wird getrennt gezählt.',
    none: 'Noch keine Kaufanfragen.',
    nobody: 'Es gab keine Kaufanfragen.',
    claimed: 'Stück bekommen',
    replayed: 'Wiederholt, gleiche Antwort',
    sold_out: 'Ausverkauft',
    already_purchased: 'Schon gekauft',
    sale_not_active: 'Nicht geöffnet',
    too_many_requests: 'Zu viele Anfragen',
    unavailable: 'Später erneut versuchen',
    other: 'Andere Absagen',
  },

  latency: {
    title: 'Antwortzeiten',
    detail: 'Vom Eintreffen am Server bis zur Antwort. Perzentile sind höchstens ein Viertel zu hoch.',
    answer: 'Antwort',
    claimed: 'Stück bekommen',
    refused: 'Abgelehnt',
    half: 'Die Hälfte',
    p90: '9 von 10',
    p99: '99 von 100',
    slowest: 'Die langsamste',
  },

  fairness: {
    title: 'Wer zuerst kommt, mahlt zuerst',
    inOrder: (claims, count) =>
      plural(claims, {
        one: 'Die einzige Bestellung wurde in der Reihenfolge des Eintreffens entschieden.',
        other: `Alle ${count} Bestellungen wurden in der Reihenfolge des Eintreffens entschieden.`,
      }),
    overtaken: (overtaken, count, all, by) =>
      plural(overtaken, {
        one: `${count} von ${all} Bestellungen wurde nach einer entschieden, die später eingetroffen war, höchstens ${by} danach.`,
        other: `${count} von ${all} Bestellungen wurden nach einer entschieden, die später eingetroffen war, höchstens ${by} danach.`,
      }),
    waited: (half, p99, slowest) =>
      `Vom Eintreffen bis zur Entscheidung: die Hälfte in ${half}, 99 von 100 in ${p99}, die langsamste in ${slowest}.`,
    detail: 'Eintreffen und Entscheidung misst dieselbe Uhr, auf die Millisekunde genau.',
    later: 'Verfügbar, wenn der Verkauf vorbei ist.',
    nothing: 'Von keiner Bestellung ist bekannt, wann sie eintraf; es gibt nichts zu vergleichen.',
  },

  faults: {
    title: 'Was schiefging',
    none: 'Nichts. Redis und die Datenbank liefen ohne Ausfall.',
    recoveries: 'Redis neu aufgebaut',
    restored: 'Bestellungen wiederhergestellt',
    revoked: 'Bestellungen rückgängig gemacht',
    last: 'Zuletzt',
  },

  seal: {
    title: 'Fairness-Siegel',
    detail:
      'Eine Prüfsumme aller Bestellungen in ihrer Reihenfolge. Jede Änderung einer Bestellung ändert die Prüfsumme.',
    later: 'Entsteht, wenn der Verkauf vorbei ist und alle Bestellungen gespeichert sind.',
    root: 'Prüfsumme',
    claims: 'Bestellungen',
    sealedAt: 'Versiegelt',
    version: 'Fassung',
    invariants: 'Konsistenzprüfungen',
    allHold: 'alle bestanden',
    broken:
      'Bestand und Bestellungen stimmen nicht überein, deshalb ist der Verkauf nicht versiegelt. Fehlgeschlagene Prüfungen:',
    leaves: 'Alle Bestellungen, ohne Namen',
    check: 'Zum Nachrechnen, mit dem Prüfprogramm aus dem Repository des Shops:',
  },

  counted: (duration) =>
    `Jeder Server speichert seine Zahlen alle ${duration}. Stürzt ein Server ab, können seine letzten Absagen fehlen; Bestellungen fehlen nie.`,
};
