import { pluralsOf } from '../../text/plural.ts';
import type { ConsoleTexts } from './english.ts';
import { germanAhead } from './german-ahead.ts';
import { germanFigures } from './german-figures.ts';

const plural = pluralsOf('de');

export const german: ConsoleTexts = {
  title: 'Leitstand',
  pageTitle: (product) => `${product} · Flipzon-Leitstand`,
  parts: 'Teile des Leitstands',
  part: { setup: 'Planen', control: 'Steuern', watch: 'Beobachten', after: 'Bilanz' },
  close: 'Schließen',
  loading: 'Wird geladen …',
  none: '–',

  signIn: {
    title: 'Als Betreiber anmelden',
    detail: 'Alles, was ein Betreiber hier tut, wird unter seinem Namen protokolliert.',
    field: 'Betreiber-ID',
    token: 'Token des Betreibers',
    tokenDetail:
      'Die Anmeldung bei diesem Shop läuft an anderer Stelle. Fügen Sie das Token ein, das Sie von Ihrem Identitätsdienst haben.',
    tokenRefused: 'Das ist kein Token.',
    forbidden: (name) => `${name} ist kein Betreiber dieses Shops.`,
  },

  strip: {
    label: 'Der Verkauf jetzt',
    none: 'Es gibt noch keinen Verkauf.',
    noneDetail: 'Planen Sie einen; er beginnt hier von selbst.',
    opens: (time) => `Beginnt ${time}`,
    opensIn: 'Beginnt in',
    opened: (time) => `Begonnen ${time}`,
    ends: (time) => `Endet ${time}`,
    ended: (time) => `Beendet ${time}`,
    left: 'Übrig',
    leftOf: (quantity) => `von ${quantity}`,
    gone: 'Vergeben',
    orders: 'Bestellungen',
    watching: 'Verbunden',
    version: (version) => `Fassung ${version}`,
  },
  status: {
    scheduled: 'Geplant',
    live: 'Läuft',
    paused: 'Angehalten',
    sold_out: 'Ausverkauft',
    ended: 'Vorbei',
    planned: 'Vorgemerkt',
  },

  light: {
    label: 'Invarianten',
    good: 'Geht auf',
    behind: (count, text) =>
      plural(count, {
        one: `Geht auf; ${text} Bestellung unterwegs`,
        other: `Geht auf; ${text} Bestellungen unterwegs`,
      }),
    bad: 'Geht nicht auf',
    unknown: 'Gerade nicht bekannt',
    stock: 'Übrig + vergeben = Menge',
    orders: 'Vergeben = Bestellungen',
    duplicates: 'Doppelte',
    counted: (age) => `Vor ${age} gezählt`,
    writerBehind: (count, text) =>
      plural(count, { one: `noch ${text} zu schreiben`, other: `noch ${text} zu schreiben` }),
    spoken: {
      good: 'Die Invarianten gelten.',
      bad: 'Die Invarianten gelten nicht.',
      unknown: 'Die Invarianten sind gerade nicht bekannt.',
    },
  },

  control: {
    title: 'Den Verkauf steuern',
    detail: 'Jeder Schritt gilt sofort, auf allen Knoten, für alle.',
    over: 'Der Verkauf ist vorbei: Planen Sie einen neuen.',
    facts: {
      opens: 'Beginn',
      ends: 'Ende',
      never: 'wenn er ausverkauft ist oder beendet wird',
      quantity: 'Stück',
      perCustomer: 'Je Kunde',
      price: 'Preis',
      id: 'Verkauf',
    },
    action: {
      open: 'Jetzt eröffnen',
      pause: 'Anhalten',
      resume: 'Fortsetzen',
      move: 'Verlegen',
      restock: 'Aufstocken',
      end: 'Beenden',
      cancel: 'Bestellung stornieren',
      start: 'Anlegen',
      plan: 'Vormerken',
      activate: 'Auf die Seite stellen',
      drop: 'Vormerkung streichen',
    },
    explain: {
      open: 'Er beginnt in dieser Sekunde. Jeder Countdown springt auf null.',
      pause:
        'Bis Sie fortsetzen, kann niemand kaufen. Bestellungen bleiben bestehen. Ihren Grund lesen alle.',
      resume: 'Das Kaufen geht sofort weiter.',
      move: 'Jeder Countdown richtet sich danach.',
      restock: 'Mehr Stück, sofort im Verkauf. Ein ausverkaufter Verkauf geht weiter.',
      end: 'Niemand kann mehr kaufen. Ein beendeter Verkauf wird nicht wieder eröffnet.',
      cancel:
        'Das Stück ist sofort wieder im Verkauf. Der Kunde erfährt es und kann in diesem Verkauf nicht noch einmal kaufen.',
      start:
        'Er tritt an die Stelle des jetzigen Verkaufs, der endgültig endet. Dessen Bestellungen bleiben bestehen.',
      drop: 'Er verschwindet aus der Liste, für alle Betreiber. Kein Kunde hat ihn gesehen, und er lässt sich neu vormerken.',
    },
    reason: 'Grund, für alle lesbar',
    logReason: 'Grund, für das Protokoll',
    reasonHint: 'Zum Beispiel: Wir prüfen einen Zahlungsdienst.',
    units: 'Zusätzliche Stücke',
    order: 'Bestellnummer',
    orderHint: 'Aus der Liste der Bestellungen in der Bilanz.',
    confirm: (word) => `Zur Bestätigung ${word} eintippen`,
    confirmWrong: (word) => `Tippen Sie ${word} genau so ein, wie es hier steht.`,
    busy: 'Wird ausgeführt …',
    done: {
      open: 'Der Verkauf ist eröffnet.',
      pause: 'Der Verkauf ist angehalten.',
      resume: 'Der Verkauf geht weiter.',
      move: 'Die Zeiten sind verlegt.',
      restock: 'Die neuen Stücke sind im Verkauf.',
      end: 'Der Verkauf ist beendet.',
      cancel: 'Die Bestellung ist storniert, ihr Stück wieder im Verkauf.',
      start: 'Der neue Verkauf ist angelegt.',
      plan: 'Der Verkauf ist vorgemerkt.',
      activate: 'Der vorgemerkte Verkauf steht auf der Seite.',
      drop: 'Die Vormerkung ist gestrichen.',
    },
    notDone: {
      unreachable:
        'Keine Antwort vom Shop. Vielleicht ist es doch geschehen: Sehen Sie ins Protokoll und versuchen Sie es dann noch einmal.',
      unavailable:
        'Der Shop kann das gerade nicht. Nichts wurde geändert; versuchen Sie es gleich noch einmal.',
      forbidden: 'Dieses Konto gehört keinem Betreiber.',
      not_found: 'Diesen Verkauf oder diese Bestellung gibt es nicht, oder sie ist noch nicht bestätigt.',
      invalid_request: 'Der Shop hat das nicht angenommen.',
      conflict: 'Jemand anders ändert diesen Verkauf zur selben Zeit.',
      other: 'Der Shop hat das abgelehnt.',
    },
  },

  conflict: {
    title: 'Der Verkauf hat sich inzwischen geändert',
    detail:
      'Sie haben nach einem älteren Stand entschieden, darum wurde nichts ausgeführt. Das ist inzwischen geschehen:',
    unknown: 'Was geschah, ist nicht mehr bekannt; dies ist der Verkauf, wie er jetzt ist.',
    retry: 'Auf dem neuen Stand noch einmal versuchen',
  },

  customers: {
    title: 'Ein Kunde',
    detail:
      'Wer ausgesperrt ist, kann nicht kaufen, auf keinem Knoten und auf keinem Weg. Was er gekauft hat, behält er, bis es storniert wird.',
    customer: 'Kunde',
    customerMissing: 'Die Kennung des Kunden, wie in seinem Token und in seinen Bestellungen.',
    block: 'Aussperren',
    unblock: 'Wieder zulassen',
    done: {
      block: (customer) => `${customer} ist ausgesperrt.`,
      unblock: (customer) => `${customer} kann wieder kaufen.`,
    },
  },

  log: {
    title: 'Wer was getan hat',
    empty: 'Noch wurde nichts getan.',
    failed: 'Das Protokoll lässt sich gerade nicht laden.',
    more: 'Ältere Einträge',
    begun: 'begonnen, Ende nicht bekannt',
    action: {
      start: 'hat den Verkauf angelegt',
      replace: 'hat ihn durch einen neuen ersetzt',
      pause: 'hat angehalten',
      resume: 'hat fortgesetzt',
      end: 'hat den Verkauf beendet',
      restock: 'hat aufgestockt',
      reschedule: 'hat die Zeiten verlegt',
      cancel: 'hat eine Bestellung storniert',
      plan: 'hat einen Verkauf vorgemerkt',
      unplan: 'hat einen vorgemerkten Verkauf gestrichen',
      block: 'hat einen Kunden ausgesperrt',
      unblock: 'hat einen Kunden wieder zugelassen',
    },
    field: {
      quantity: 'Stück',
      startsAt: 'Beginn',
      endsAt: 'Ende',
      paused: 'Angehalten',
      reason: 'Grund',
      status: 'Bestellung',
      name: 'Produkt',
      price: 'Preis',
      perCustomer: 'Je Kunde',
      simulated: 'Simulierter Andrang',
      blocked: 'Ausgesperrt',
    },
    yes: 'ja',
    no: 'nein',
    from: (before, after) => `${before} → ${after}`,
  },

  setup: {
    title: 'Ein neuer Verkauf',
    name: 'Produkt',
    price: 'Preis',
    quantity: 'Stück',
    perCustomer: 'Stück je Kunde',
    when: 'Beginn',
    at: { time: 'Zu einem Zeitpunkt', now: 'Sofort' },
    zone: 'Zeitzone',
    opensAt: 'Eröffnung',
    hasEnd: 'Endet zu einem Zeitpunkt',
    endsAt: 'Ende',
    simulated: 'Der Andrang ist simuliert',
    simulatedDetail: 'Zur Vorführung oder Probe; jede Seite sagt es.',
    submit: 'Diesen Verkauf anlegen',
    submitNow: 'Diesen Verkauf jetzt eröffnen',
    purpose: 'Wofür',
    purposes: { page: 'Für die Seite', plan: 'Für später' },
    purposeDetail: {
      page: 'Er tritt an die Stelle des Verkaufs, der dort steht.',
      plan: 'Er wird vorgemerkt und wartet, bis er an der Reihe ist.',
    },
    submitPlan: 'Diesen Verkauf vormerken',
    wrong: {
      name: 'Ein Name von 1 bis 120 Zeichen.',
      price: 'Eine ganze Zahl ab 0.',
      quantity: 'Eine ganze Zahl von 1 bis 10.000.000.',
      perCustomer: 'Eine ganze Zahl von 1 bis 10.',
      opensAt: 'Ein Tag und eine Uhrzeit.',
      past: 'Dieser Zeitpunkt ist vorbei.',
      gap: (zone) =>
        `Diese Uhrzeit gibt es in ${zone} nicht: Sie wird beim Vorstellen der Uhren übersprungen.`,
      endsAt: 'Das Ende muss nach dem Beginn liegen.',
    },
    twice: 'Diese Uhrzeit gibt es zweimal: Die Uhren werden zurückgestellt.',
    twiceFirst: 'Das erste Mal',
    twiceSecond: 'Das zweite Mal',
  },

  preview: {
    title: 'So wird es angezeigt',
    now: 'Er beginnt, sobald Sie drücken.',
    incomplete: 'Wählen Sie einen Beginn, um ihn hier zu sehen.',
    sale: 'In der Zone des Verkaufs',
    yours: 'Auf Ihrer Uhr',
    utc: 'In UTC',
    from: 'Von jetzt an',
    lasts: 'Er dauert',
    forward: (when, zone, by) => `Vorher, am ${when}, werden die Uhren von ${zone} um ${by} vorgestellt.`,
    backward: (when, zone, by) => `Vorher, am ${when}, werden die Uhren von ${zone} um ${by} zurückgestellt.`,
    offer: (units, name, price) => `${units} × ${name} zu je ${price}`,
    each: (count, text) =>
      plural(count, { one: `${text} für jeden Kunden`, other: `bis zu ${text} für jeden Kunden` }),
  },

  preflight: {
    title: 'Vor dem Start',
    detail: 'Was stimmen muss, bevor ein Verkauf beginnt.',
    good: 'Alles stimmt',
    bad: (count, text) =>
      plural(count, { one: `${text} Punkt stimmt nicht`, other: `${text} Punkte stimmen nicht` }),
    ok: 'stimmt',
    notOk: 'stimmt nicht',
    idle: 'nichts zu prüfen',
    idleGood: 'Nichts ist falsch; es steht kein Verkauf bevor',
    run: 'Noch einmal prüfen',
    running: 'Wird geprüft …',
    failed: 'Die Prüfung selbst ist gerade nicht möglich.',
    at: (time) => `Geprüft um ${time}`,
  },

  ...germanAhead,
  ...germanFigures,
};
