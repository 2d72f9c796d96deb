import { pluralsOf } from '../../text/plural.ts';
import type { englishAhead } from './english-ahead.ts';

const plural = pluralsOf('de');

export const germanAhead: typeof englishAhead = {
  plans: {
    title: 'Vorgemerkte Verkäufe',
    detail:
      'Der nächste kommt von selbst auf die Seite: wenn der Verkauf dort beendet ist und er innerhalb einer Stunde beginnt, oder zu seinem Beginn, wenn jener ausverkauft ist. Vorher können Sie jeden von ihnen selbst dorthin stellen.',
    none: 'Kein Verkauf ist vorgemerkt.',
    failed: 'Die vorgemerkten Verkäufe lassen sich gerade nicht laden.',
    in: (span) => `in ${span}`,
    terms: (units, price) => `${units} Stück zu je ${price}`,
    by: (name) => `vorgemerkt von ${name}`,
    missed:
      'Er hat seinen Beginn verpasst und wartet auf Sie: Er beginnt, sobald Sie ihn auf die Seite stellen.',
    over: 'Sein Ende ist beim Warten verstrichen.',
    waiting: (count, text) =>
      plural(count, {
        one: `${text} vorgemerkter Verkauf unter Planen`,
        other: `${text} vorgemerkte Verkäufe unter Planen`,
      }),
  },

  final: { end: 'beenden', cancel: 'stornieren' },
  automatically: 'Der Shop hat automatisch:',
  next: {
    none: 'Kein vorgemerkter Verkauf folgt von selbst.',
    soon: (name, time) => `Dann kommt ${name} von selbst auf die Seite. Beginn: ${time}.`,
    later: (name, time) =>
      `Als Nächster folgt ${name}. Beginn: ${time}; eine Stunde vorher kommt er auf die Seite.`,
    missed: (name) => `${name} hat seinen Beginn verpasst und wartet auf Sie.`,
    replaced: (name) => `Damit endet ${name}.`,
  },

  rehearsal: {
    title: 'Generalprobe',
    detail:
      'Ein ganzer Verkauf, den sonst niemand sieht, mit simuliertem Andrang. Unterwegs stürzen ein Knoten, Redis und die Datenbank ab; am Ende steht ein Zeugnis.',
    explain:
      'Sie läuft neben dem Shop und hinter allem anderen dort. Der Verkauf auf der Seite bleibt unberührt, und wenn einer bevorsteht, wird die Probe abgebrochen.',
    unavailable: 'Dieser Shop startet von hier aus keine. Wo das Repository liegt, tut es npm run rehearse.',
    obstacle: {
      rehearsal_running: 'Eine nach der anderen: Die nächste kann beginnen, wenn diese zu Ende ist.',
      sale_too_near:
        'Solange ein Verkauf läuft oder innerhalb einer halben Stunde beginnt, kann keine beginnen.',
    },
    none: 'Noch gab es keine.',
    failed: 'Die Proben lassen sich gerade nicht laden.',
    begin: 'Proben',
    breakOff: 'Abbrechen',
    outcome: 'Ausgang',
    steps: 'Was bisher geschah',
    size: { shoppers: 'Kunden', quantity: 'Stück', spreadS: 'Sekunden Andrang', nodes: 'Knoten' },
    wrong: (least, most) => `Eine ganze Zahl von ${least} bis ${most}.`,
    services: 'Auf welchen Diensten',
    service: { private: 'Eigene Dienste', shared: 'Dienste des Shops' },
    serviceDetail: {
      private: 'Ein eigenes Redis und eine eigene Datenbank auf dieser Maschine. Beide stürzen ab.',
      shared: 'Dort in einer eigenen Datenbank. Nur die eigenen Knoten stürzen ab.',
    },
    status: {
      running: 'Läuft gerade',
      held: 'Jedes Versprechen gehalten',
      broken: 'Ein Versprechen gebrochen',
      stopped: 'Kein Zeugnis',
    },
    why: {
      operator: 'Ein Betreiber hat sie abgebrochen.',
      sale: 'Ein Verkauf stand bevor.',
      time: 'Sie hat zu lange gedauert.',
      node: 'Der Knoten, auf dem sie lief, ist beendet.',
      fault: 'Sie ließ sich nicht spielen.',
    },
    of: (shoppers, units) => `${shoppers} Kunden für ${units} Stück`,
    certificate: 'Zeugnis',
    asText: 'Als Text herunterladen',
    asJson: 'Als JSON herunterladen',
    promises: 'Versprechen',
    faults: 'Störungen unterwegs',
    fault: 'Störung',
    down: 'Ausgefallen',
    ready: 'Alle bereit nach',
    notInTime: 'nicht rechtzeitig',
    notTried: 'nicht versucht',
    answers: 'Antworten, wie die Kunden sie sahen',
    answer: { claimed: 'Stück bekommen', other: 'Alles andere' },
    slowest: 'Langsamste',
    seal: 'Versiegelt, Wurzel',
  },
};
