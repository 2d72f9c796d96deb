import { pluralsOf } from '../../text/plural.ts';
import type { ReportTexts } from './english.ts';

const plural = pluralsOf('de');

export const german: ReportTexts = {
  title: (product) => `So lief der Verkauf: ${product}`,
  heading: 'Verkaufsbericht',
  loading: 'Der Bericht wird geladen …',
  failed: 'Der Bericht lässt sich gerade nicht laden.',
  again: 'Noch einmal versuchen',
  notFound: 'Diesen Verkauf gibt es nicht.',
  ongoing: (time) => `Noch nicht vorbei: Stand ${time}. Die Zahlen aktualisieren sich von selbst.`,
  settling: 'Der Verkauf ist vorbei. Die letzten Bestellungen werden verbucht, dann wird er versiegelt.',
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
  revoked: 'Zurückgenommen',

  answers: {
    title: 'Wie Kaufanfragen beantwortet wurden',
    detail:
      'Jedes Stück zählt einmal. Dieselbe Anfrage bekommt noch einmal dieselbe Antwort und wird getrennt gezählt.',
    none: 'Noch hat niemand gefragt.',
    nobody: 'Niemand wollte kaufen.',
    claimed: 'Stück bekommen',
    replayed: 'Erneut gefragt, gleiche Antwort',
    sold_out: 'Ausverkauft',
    already_purchased: 'Schon gekauft',
    sale_not_active: 'Nicht geöffnet',
    too_many_requests: 'Zu oft gedrückt',
    unavailable: 'Gerade nicht, bitte noch einmal',
    other: 'Andere Absagen',
  },

  latency: {
    title: 'Wie lange Antworten brauchten',
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
        one: 'Der eine Anspruch wurde in der Reihenfolge des Eintreffens entschieden.',
        other: `Alle ${count} Ansprüche wurden in der Reihenfolge entschieden, in der sie eintrafen.`,
      }),
    overtaken: (overtaken, count, all, by) =>
      plural(overtaken, {
        one: `${count} von ${all} Ansprüchen wurde nach einem entschieden, der später eingetroffen war, höchstens ${by} danach.`,
        other: `${count} von ${all} Ansprüchen wurden nach einem entschieden, der später eingetroffen war, höchstens ${by} danach.`,
      }),
    waited: (half, p99, slowest) =>
      `Vom Eintreffen bis zur Entscheidung: die Hälfte in ${half}, 99 von 100 in ${p99}, die langsamste in ${slowest}.`,
    detail: 'Eintreffen und Entscheidung misst dieselbe Uhr, auf die Millisekunde genau.',
    later: 'Wird berechnet, wenn der Verkauf vorbei ist.',
    nothing: 'Von keinem Anspruch ist bekannt, wann er eintraf; es gibt nichts zu vergleichen.',
  },

  faults: {
    title: 'Was schiefging',
    none: 'Nichts: Die Datenspeicher liefen von Anfang bis Ende.',
    recoveries: 'Redis neu aufgebaut',
    restored: 'Ansprüche wiederhergestellt',
    revoked: 'Ansprüche zurückgenommen',
    last: 'Zuletzt',
  },

  seal: {
    title: 'Das Siegel',
    detail: 'Eine Zahl über alle Ansprüche in ihrer Reihenfolge. Wer einen ändert, ändert auch sie.',
    later: 'Entsteht, wenn der Verkauf vorbei ist und alle Bestellungen verbucht sind.',
    root: 'Wurzel',
    claims: 'Ansprüche',
    sealedAt: 'Versiegelt',
    version: 'Fassung',
    invariants: 'Invarianten',
    allHold: 'alle halten',
    broken: 'Die Bestellungen gehen nicht auf, deshalb ist der Verkauf nicht versiegelt. Was nicht stimmt:',
    leaves: 'Alle Ansprüche, ohne Namen',
    check: 'Zum Nachrechnen, mit dem Prüfprogramm aus dem Repository des Shops:',
  },

  counted: (duration) =>
    `Antworten werden auf jedem Server gezählt und spätestens nach ${duration} gespeichert: Fällt ein Server aus, können seine letzten Absagen fehlen. Bestellungen fehlen nie.`,
};
