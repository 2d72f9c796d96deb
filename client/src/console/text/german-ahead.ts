import { pluralsOf } from '../../text/plural.ts';
import type { englishAhead } from './english-ahead.ts';

const plural = pluralsOf('de');

export const germanAhead: typeof englishAhead = {
  plans: {
    drafts: 'Entwürfe',
    edit: 'Bearbeiten',
    duplicate: 'Duplizieren',
    preview: 'Vorschau',
    savedBy: (name: string) => `gespeichert von ${name}`,
    title: 'Vorgemerkte Verkäufe',
    detail:
      'Der nächste wird automatisch veröffentlicht: bis zu einer Stunde vor seinem Beginn, wenn der aktuelle Verkauf beendet ist, oder zu seinem Beginn, wenn der aktuelle ausverkauft ist. Sie können jeden auch früher veröffentlichen.',
    none: 'Keine vorgemerkten Verkäufe.',
    failed: 'Die vorgemerkten Verkäufe konnten nicht geladen werden.',
    in: (span) => `in ${span}`,
    terms: (units, price) => `${units} Stück zu je ${price}`,
    by: (name) => `vorgemerkt von ${name}`,
    missed: 'Sein Beginn ist verstrichen. Er beginnt, sobald Sie ihn veröffentlichen.',
    over: 'Sein Ende ist verstrichen.',
    waiting: (count, text) =>
      plural(count, {
        one: `${text} vorgemerkter Verkauf unter Verkäufe`,
        other: `${text} vorgemerkte Verkäufe unter Verkäufe`,
      }),
  },

  final: { end: 'beenden', cancel: 'stornieren' },
  automatically: 'Das System',
  next: {
    none: 'Kein vorgemerkter Verkauf folgt automatisch.',
    soon: (name, time) => `Als Nächstes wird ${name} automatisch veröffentlicht. Beginn: ${time}.`,
    later: (name, time) =>
      `Als Nächstes folgt ${name}. Beginn: ${time}, Veröffentlichung eine Stunde vorher.`,
    missed: (name) => `Der Beginn von ${name} ist verstrichen. Zum Eröffnen bitte veröffentlichen.`,
    replaced: (name) => `Damit endet ${name}.`,
  },

  rehearsal: {
    title: 'Generalprobe',
    detail:
      'Ein vollständiger, nicht öffentlicher Verkauf mit simuliertem Andrang. Dabei werden ein Knoten, Redis und die Datenbank beendet; am Ende erhalten Sie ein Zertifikat.',
    explain:
      'Sie läuft mit niedriger Priorität neben dem Shop und berührt den aktuellen Verkauf nicht. Steht ein Verkauf bevor, wird sie abgebrochen.',
    unavailable: 'Dieser Shop startet keine Proben. Verwenden Sie npm run rehearse im Repository.',
    obstacle: {
      rehearsal_running: 'Es kann nur eine Probe auf einmal laufen.',
      sale_too_near:
        'Solange ein Verkauf läuft oder innerhalb von 30 Minuten beginnt, kann keine Probe beginnen.',
    },
    none: 'Noch keine Proben.',
    failed: 'Die Proben konnten nicht geladen werden.',
    begin: 'Probe starten',
    breakOff: 'Probe abbrechen',
    outcome: 'Ergebnis',
    steps: 'Bisherige Schritte',
    size: { shoppers: 'Kunden', quantity: 'Stück', spreadS: 'Sekunden Andrang', nodes: 'Knoten' },
    wrong: (least, most) => `Geben Sie eine ganze Zahl von ${least} bis ${most} ein.`,
    services: 'Dienste',
    service: { private: 'Eigene Dienste', shared: 'Dienste des Shops' },
    serviceDetail: {
      private: 'Ein eigenes Redis und eine eigene Datenbank auf dieser Maschine. Beide werden beendet.',
      shared: 'Eine eigene Datenbank auf den Diensten des Shops. Nur die Knoten der Probe werden beendet.',
    },
    status: {
      running: 'Läuft',
      held: 'Alle Versprechen gehalten',
      broken: 'Ein Versprechen gebrochen',
      stopped: 'Kein Zertifikat',
    },
    why: {
      operator: 'Ein Betreiber hat sie abgebrochen.',
      sale: 'Ein Verkauf stand bevor.',
      time: 'Sie hat zu lange gedauert.',
      node: 'Der Knoten, auf dem sie lief, ist beendet.',
      fault: 'Sie konnte nicht ausgeführt werden.',
    },
    of: (shoppers, units) => `${shoppers} Kunden für ${units} Stück`,
    certificate: 'Zertifikat',
    asText: 'Als Text herunterladen',
    asJson: 'Als JSON herunterladen',
    promises: 'Versprechen',
    faults: 'Störungen',
    fault: 'Störung',
    down: 'Ausgefallen',
    ready: 'Alle bereit nach',
    notInTime: 'nicht rechtzeitig',
    notTried: 'nicht versucht',
    answers: 'Antworten, wie die Kunden sie sahen',
    answer: { claimed: 'Stück bekommen', other: 'Andere Antworten' },
    slowest: 'Langsamste',
    seal: 'Versiegelt, Prüfsumme',
  },
};
